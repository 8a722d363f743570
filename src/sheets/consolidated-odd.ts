// The last sheet of the consolidated workbook: figures that stand out, the oddest first.
import { type OddValue, oddValues } from '../domain/odd-values.ts';
import { ODD, rowWords } from '../text/consolidated.ts';
import type { Work } from './consolidated-work.ts';
import { empty, type Grid, type GridCell, number, text } from './grid.ts';
import { rowHeight } from './grid-size.ts';

const WIDTHS = [6, 36, 60, 16, 14, 14, 10, 14, 12, 44];
/** Title and header, above the list. */
const ABOVE = 2;
const DECIMALS = 2;

export function oddGrid({ consolidated, input, odd: name }: Work): Grid {
  const { template, previous } = input;
  const found = oddValues(template, consolidated.sent, previous);
  const rows = found.map((odd, n) => [
    number(n + 1, 0, 'centre'),
    text(odd.unit.name, 'text'),
    text(rowWords(template, odd.indicator.id), 'text'),
    text(odd.indicator.unit, 'text'),
    number(odd.number, odd.decimals),
    ...compared(odd),
    text(why(odd), 'text'),
  ]);
  const header = ODD.heads.map((words) => text(words, 'head'));
  return {
    name,
    widths: WIDTHS,
    rows: [
      { height: 22, cells: [text(ODD.explained(found.length), 'title')] },
      ...[header, ...rows].map((cells) => ({ height: rowHeight(cells, WIDTHS), cells })),
    ],
    frozen: { rows: ABOVE, columns: 0 },
  };
}

/** Median, z, last period and how many times it; empty where a figure is not odd in that way. */
function compared({ across, before, number: figure, decimals }: OddValue): GridCell[] {
  const none = empty('figure');
  const rounded = (each: number): number => Number(each.toFixed(DECIMALS));
  return [
    across ? number(rounded(across.median), Number.isInteger(across.median) ? decimals : DECIMALS) : none,
    across ? number(rounded(across.z), DECIMALS) : none,
    before ? number(before.last, before.decimals) : none,
    before && before.last !== 0 ? number(rounded(figure / before.last), DECIMALS) : none,
  ];
}

function why({ across, before, number: figure }: OddValue): string {
  const parts = [
    across && (across.z > 0 ? ODD.high : ODD.low),
    before && (before.times === undefined ? zero(figure) : figure > before.last ? ODD.more : ODD.less),
  ];
  const words = parts.filter((part) => part !== undefined).join('; ');
  return `${words.charAt(0).toLocaleUpperCase('vi')}${words.slice(1)}`;
}

const zero = (figure: number): string => (figure === 0 ? ODD.toZero : ODD.fromZero);

// What one cell of a worksheet says, as its reader sees it. Pure.
import type { Cell } from 'hucre/xlsx';
import type { FilledCell } from '../domain/filled.ts';
import { cellText } from './cell-text.ts';

type Value = Cell['value'];

/** The most characters that spreadsheets keep in a cell. */
const LONGEST = 32_767;

/** The words of a cell beside the figures: labels, units, notes, STT. */
export const wordsOf = (value: Value | undefined): string =>
  value instanceof Date
    ? dayOf(value)
    : String(value ?? '')
        .slice(0, LONGEST)
        .trim();

/** `cell`: the library keeps one only where there is more to say than the value. */
export function filledCell(value: Value | undefined, cell: Cell | undefined): FilledCell {
  const formula = formulaOf(cell);
  const mark = formula ? { formula } : {};
  if (cell?.type === 'error') return { is: 'unreadable', text: wordsOf(value), ...mark };
  // A formula that no program has worked out yet.
  if (formula && (value === null || value === undefined)) return { is: 'unreadable', text: '', ...mark };
  if (typeof value === 'number' && Number.isFinite(value))
    return { ...shown(value, (cell?.style?.numFmt ?? '').slice(0, 255)), ...mark };
  if (typeof value === 'boolean') return { is: 'text', text: value ? 'TRUE' : 'FALSE', ...mark };
  const text = wordsOf(value);
  return text === '' ? { is: 'empty', ...mark } : { is: 'text', text, ...mark };
}

function formulaOf(cell: Cell | undefined): 'own' | 'otherFile' | undefined {
  if (cell?.formula === undefined) return undefined;
  return /\[\d+\]|\.xls/i.test(cell.formula) ? 'otherFile' : 'own';
}

/** Spreadsheets have no time zone; the library gives midnight UTC. */
function dayOf(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`;
}

/** More decimals than this are the noise of a calculation. */
const MOST_DECIMALS = 10;

function shown(stored: number, numFmt: string): FilledCell {
  const format = formatOf(stored, numFmt);
  const times = 100 ** format.percents;
  const exact = Number((stored * times).toPrecision(15));
  const number = rounded(exact, format.decimals ?? MOST_DECIMALS);
  const decimals = Math.max(decimalsOf(number), Math.min(format.least, MOST_DECIMALS));
  const suffix = format.percents > 0 ? ({ suffix: '%' } as const) : {};
  const text = cellText({ kind: 'number', number, decimals, ...suffix, bold: false, align: 'right' });
  return { is: 'number', number, decimals, text, ...(number !== exact && { exact }) };
}

type Format = {
  /** How many decimals are shown at most and at least; undefined: as many as there are. */
  readonly decimals: number | undefined;
  readonly least: number;
  readonly percents: number;
};

/** What of a number format says how much of a figure is seen; its words and colours do not. */
function formatOf(stored: number, numFmt: string): Format {
  const sections = numFmt
    .replace(/"[^"]*"|\\.|[_*].|\[[^\]]*\]/g, '')
    .split(';')
    .map((section) => section.trim());
  const section = (stored < 0 && sections[1]) || (stored === 0 && sections[2]) || sections[0] || '';
  const percents = Math.min(section.split('%').length - 1, 1);
  // Without figures, as a fraction, with an exponent, or in thousands: what is stored says more.
  const plain = /[0#?]/.test(section) && !/general|\/|e[+-]|[0#?],+(?![0#?,])/i.test(section);
  if (!plain) return { decimals: undefined, least: 0, percents };
  const fraction = /\.([0#?]*)/.exec(section)?.[1] ?? '';
  return { decimals: fraction.length, least: fraction.replace(/[^0]/g, '').length, percents };
}

/** Half away from zero, in decimal digits: 1.005 is 1.01. */
function rounded(figure: number, decimals: number): number {
  const scaled = Number(`${Math.abs(figure)}e${decimals}`);
  if (!Number.isSafeInteger(Math.round(scaled))) return figure;
  return Math.sign(figure) * Number(`${Math.round(scaled)}e-${decimals}`);
}

const decimalsOf = (figure: number): number => {
  const [digits = '', exponent = '0'] = String(figure).split('e');
  return Math.min(Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent)), MOST_DECIMALS);
};

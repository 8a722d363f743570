// A pasted line without cells that names its row: "III.7: 5.971; ghi chú", "tỷ lệ hài lòng: 100", "Số nhiệm vụ đề ra 23".
import type { Indicator } from '../../src/domain/template.ts';
import { fold } from '../../src/domain/words.ts';
import { compact, type Fit, fitLabel, sameLabel, withoutNumber } from './labels.ts';
import { byNumber, byNumberElsewhere, NUMBER, withNumber } from './numbers.ts';
import type { Draft } from './pasted.ts';
import { type Form, headingOf } from './rows.ts';
import type { TextLine } from './text-lines.ts';

/** What a line without cells says of its place; `by: 'bare'` when it is a value alone (or nothing). */
export function readPlain(line: TextLine, form: Form): Draft {
  const words = line.text.trim();
  const base = { n: line.n, text: line.text, fits: [], alike: false, elsewhere: [], typed: words };
  if (words === '') return { ...base, by: 'bare' };
  const said = words.replace(/^[•●▪◦*+]\s*|^[-–—]\s+(?=\p{L}|\d[\d.]*\s*[:=])/u, '');
  const numbered = byItsNumber(said, form);
  if (numbered) return { ...base, ...numbered, by: 'number' };
  const heading = headingOf(
    { ...line, cells: [said.replace(/^(?:mục|phần)\s+/iu, '').replace(/:$/, '')] },
    form,
    '',
  );
  const labelled = byItsLabel(said, form);
  if (labelled) {
    const fits = withNumber(labelled.fits, said, form.template, form.section);
    return { ...base, ...labelled, fits, alike: labelled.alike && fits === labelled.fits, by: 'label' };
  }
  if (heading.above || heading.elsewhere.length > 0 || isSection(said, form)) return heading;
  return { ...base, by: hasHeading(said) ? 'nothing' : 'bare', typed: said };
}

/** The heading of the section in which the officer stands. */
const isSection = (words: string, { template, section }: Form): boolean => {
  const row = template.byId.get(section);
  const bare = compact(words.replace(/^(?:mục|phần)\s+/iu, ''));
  return row !== undefined && [compact(row.label), compact(`${row.stt} ${row.label}`)].includes(bare);
};

type Said = Pick<Draft, 'fits' | 'alike' | 'elsewhere' | 'typed' | 'exact'>;

function byItsNumber(said: string, { template, section }: Form): Said | undefined {
  const [, number = '', typed = ''] = /^([^:：=;]{1,20}?)\s*[:：=]\s*(.*)$/su.exec(said) ?? [];
  if (number === '' || !NUMBER.test(number)) return undefined;
  const fits = byNumber(template, section, number);
  const elsewhere = fits.length > 0 ? [] : byNumberElsewhere(template, section, number);
  return { fits, alike: false, elsewhere, typed };
}

/** The places at which a line may be parted into words and value. */
const PARTS = /[:：](?!\/\/)|\s[=–—-]\s/gu;

function byItsLabel(said: string, form: Form): Said | undefined {
  const found = [...said.matchAll(PARTS)].slice(0, 12).flatMap((match): (Said & { level: number })[] => {
    const left = said.slice(0, match.index);
    if (/\d\s*$/.test(left) && /^:\d/.test(said.slice(match.index))) return [];
    const fit = bestFit(left, form);
    // Behind a note mark only the end of a whole label is looked for.
    if (!fit || (left.includes(';') && fit.level < 4)) return [];
    return [{ ...fit, typed: said.slice(match.index + match[0].length).trim() }];
  });
  const whole = found.findLast((each) => each.level === 4);
  const [first] = found;
  if (whole) return { ...whole, exact: true };
  if (first) {
    const also = found.flatMap((each) => each.fits.filter((row) => !first.fits.includes(row)));
    return also.length > 0 ? { ...first, fits: [...first.fits, ...also] } : first;
  }
  return withoutMark(said, form);
}

/** The rows of this section or else of the others that the words before a colon fit, without a number or a unit around them. */
function bestFit(left: string, form: Form): (Omit<Said, 'typed'> & { level: number }) | undefined {
  const isMine = (row: Indicator): boolean => row.section === form.section;
  const tries = [
    left,
    withoutNumber(left),
    left.replace(/\([^()]*\)\s*$/, ''),
    withoutNumber(left).replace(/\([^()]*\)\s*$/, ''),
  ];
  let [mine, others]: Fit[] = [
    { level: 0, rows: [] },
    { level: 0, rows: [] },
  ];
  for (const words of new Set(tries)) {
    const [own, other] = [
      fitLabel(form.labels, words, isMine),
      fitLabel(form.labels, words, (row) => !isMine(row)),
    ];
    if (own.level > (mine?.level ?? 0)) mine = own;
    if (other.level > (others?.level ?? 0)) others = other;
  }
  if (!mine || !others || (mine.level === 0 && others.level === 0)) return undefined;
  // A whole label of another section beats a part of one here; words strewn over a label are no match for words in a row.
  if (others.level > mine.level && others.level >= 3)
    return { fits: [], alike: false, elsewhere: others.rows, level: others.level };
  if (mine.level === 0) return undefined;
  const alike = sameLabel(mine.rows);
  return {
    fits: mine.rows,
    alike,
    elsewhere: others.level === mine.level ? others.rows : [],
    level: mine.level,
  };
}

/** A whole label with its figure behind it, as a table whose tabs were lost: "Số nhiệm vụ đề ra trong kế hoạch Nhiệm vụ 23". */
function withoutMark(said: string, form: Form): Said | undefined {
  const match = /^(.*?\S)\s+(\d+(?:[.,]\d+)*\s*%?)(\s*;.*)?$/su.exec(said);
  if (!match) return undefined;
  const left = match[1] ?? '';
  const words = compact(withoutNumber(left));
  const withoutPercent = compact(withoutNumber(left.replace(/\s*%\s*$/, '')));
  const fits = form.labels.entries.filter(
    ({ row, compact: label, unit }) =>
      label !== '' &&
      (words === label || words === label + unit || (row.unit === '%' && withoutPercent === label)),
  );
  // "… mức độ 3" without a figure: the last word belongs to the label.
  if (fits.length === 0 || form.labels.whole.has(compact(withoutNumber(said)))) return undefined;
  const rows = fits.map(({ row }) => row);
  const mine = rows.filter((row) => row.section === form.section);
  const typed = `${match[2] ?? ''}${match[3] ?? ''}`;
  return { fits: mine, alike: sameLabel(mine), elsewhere: mine.length > 0 ? [] : rows, typed };
}

/** True for what keeps a place in a list without a figure. */
export const isGap = (typed: string): boolean => /^(?:[-–—−_]+|…|\.{2,})?$/.test(fold(typed));

/** Words before a colon. Not one pattern: on one long word that would take a second. */
function hasHeading(said: string): boolean {
  const head = said.slice(0, `${said};`.indexOf(';'));
  return /\p{L}{2}/u.test(head.slice(0, Math.max(0, head.indexOf(':'))));
}

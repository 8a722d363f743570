// Places the rows of one worksheet by their words: label, unit and STT, and where they stand among rows that are sure. Pure.
import type { Unplaced } from '../domain/filled.ts';
import type { Row } from '../domain/template.ts';
import type { FilledRow, Placing } from './match-rows-row.ts';
import { type FormRow, type Forms, fitting, plain } from './match-rows-words.ts';

/** A row of the sheet and the rows of the form that its words fit; only one for a row that has a key. */
type Line = { readonly row: FilledRow; readonly fits: readonly FormRow[]; readonly keyed: boolean };

/** In a sheet of the form's order so many of the rows that fit only one place may stand elsewhere. */
const IN_ORDER = 0.9;
/** A sheet in another order is read only if so many of its rows are of this form: then somebody sorted it. */
const SORTED_SHARE = 0.8;
/** In no order a short label ("Khác") says too little. */
const TELLING = 12;

/**
 * `keyed`: the rows of all worksheets that a key places, and what they are; no row without a key takes their places. `moved`:
 * somebody is known to have moved rows of this worksheet, so that where one stands says nothing.
 */
export function placeByLabel(
  rows: readonly FilledRow[],
  {
    keyed,
    forms,
    moved,
  }: { readonly keyed: ReadonlyMap<FilledRow, Row>; readonly forms: Forms; readonly moved: boolean },
): Placing[] {
  const taken = new Set([...keyed.values()].map(({ id }) => id));
  const byId = new Map([...forms.values()].flat().map((form) => [form.row.id, form]));
  const lines = rows.map((row): Line => {
    const own = byId.get(keyed.get(row)?.id ?? '');
    if (own) return { row, fits: [own], keyed: true };
    const fits = row.label === '' ? [] : fitting(row, forms);
    return { row, fits: fits.filter((form) => !taken.has(form.row.id)), keyed: false };
  });
  const sure = lines.filter(({ fits }) => fits.length === 1);
  const inOrder = rising(sure);
  const sorted = isSorted(lines);
  const placed =
    !moved && inOrder.size >= sure.length * IN_ORDER
      ? ordered(lines, inOrder)
      : lines.map((line) => unordered(line, sorted));
  return lines.map((line, n): Placing => {
    const { row, fits, keyed: byKey } = line;
    if (byKey && fits[0]) return { row, as: fits[0].row, by: 'key' };
    const found = placed[n];
    if (typeof found === 'object') return { row, as: found.row, by: 'label' };
    return { row, why: why(row, fits, forms) ?? found ?? 'unknown' };
  });
}

/** Why nothing fits at all. */
function why(row: FilledRow, fits: readonly FormRow[], forms: Forms): Unplaced | undefined {
  if (row.label === '') return 'noLabel';
  if (fits.length > 0) return undefined;
  const alike = forms.get(plain(row.label)) ?? [];
  if (alike.length === 0) return 'unknown';
  return fitting(row, forms).length > 0 ? 'copied' : 'unitDiffers';
}

/** The longest run of sure rows that stand in the order of the form. */
function rising(sure: readonly Line[]): ReadonlySet<Line> {
  const places = sure.map(({ fits }) => fits[0]?.at ?? 0);
  const length: number[] = [];
  const before: number[] = [];
  /** Where the lowest end of a run of each length stands. */
  const ends: number[] = [];
  places.forEach((at, n) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[ends[middle] ?? 0] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    length[n] = low + 1;
    before[n] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = n;
  });
  const run = new Set<Line>();
  for (let n = ends.at(-1) ?? -1; n >= 0; n = before[n] ?? -1) {
    const line = sure[n];
    if (line) run.add(line);
  }
  return run;
}

/** A row is what fits between the sure rows before and behind it, under the heading it stands under. */
function ordered(lines: readonly Line[], inOrder: ReadonlySet<Line>): (FormRow | Unplaced)[] {
  const next = behind(lines, inOrder);
  let last = -1;
  let section: string | undefined;
  let strange: string | undefined;
  return lines.map((line, n) => {
    const { row, fits } = line;
    if (isHeading(row, fits)) strange = row.stt;
    const fit = oneOf(line, { last, next: next[n] ?? Number.POSITIVE_INFINITY, section, inOrder });
    if (typeof fit !== 'object') return fit;
    const known = fit.row.row === 'section' || (row.stt !== '' && fit.stt === plain(row.stt));
    if (strange !== undefined && (known || line.keyed) && !isUnder(row.stt, strange)) strange = undefined;
    if (strange !== undefined && !line.keyed) return 'otherSection';
    if (fit.row.row === 'section') section = fit.row.id;
    last = fit.at;
    return fit;
  });
}

type Around = {
  readonly last: number;
  readonly next: number;
  readonly section: string | undefined;
  readonly inOrder: ReadonlySet<Line>;
};

function oneOf(line: Line, { last, next, section, inOrder }: Around): FormRow | Unplaced {
  const { row, fits } = line;
  const [first, ...more] = fits;
  if (!first) return 'unknown';
  const stt = plain(row.stt);
  if (more.length === 0) {
    if (!inOrder.has(line)) return 'outOfOrder';
    return isHere(first, stt, section) ? first : 'otherSection';
  }
  const between = fits.filter((form) => form.at > last && form.at < next && isHere(form, stt, section));
  const numbered = stt === '' ? [] : between.filter((form) => form.stt === stt);
  const left = numbered.length > 0 ? numbered : between;
  return left.length === 1 && left[0] ? left[0] : 'ambiguous';
}

/** Under the heading that the row stands under, as far as one is known; a row of the form without a heading has its STT instead. */
function isHere(form: FormRow, stt: string, section: string | undefined): boolean {
  if (section === undefined || form.row.row === 'section') return true;
  return form.section === undefined ? stt !== '' && form.stt === stt : form.section === section;
}

/** For each line, the place in the form of the next sure row behind it. */
function behind(lines: readonly Line[], inOrder: ReadonlySet<Line>): number[] {
  const next: number[] = [];
  let at = Number.POSITIVE_INFINITY;
  for (let n = lines.length - 1; n >= 0; n--) {
    next[n] = at;
    const line = lines[n];
    if (line && inOrder.has(line)) at = line.fits[0]?.at ?? at;
  }
  return next;
}

/** A numbered row that takes no figure and is not of this form: what stands below it is about something else. */
const isHeading = ({ stt, label, unit, cell }: FilledRow, fits: readonly FormRow[]): boolean =>
  fits.length === 0 && stt !== '' && label !== '' && unit === '' && cell.is === 'empty';

/** "1.2.1" is under "1.2." */
const isUnder = (stt: string, above: string): boolean =>
  stt === '' || (plain(above) !== '' && plain(stt).startsWith(`${plain(above)} `));

/** True when most rows are of this form although they are not in its order. */
function isSorted(lines: readonly Line[]): boolean {
  const labelled = lines.filter(({ row }) => row.label !== '');
  const fitting = labelled.filter(({ fits }) => fits.length > 0);
  return fitting.length >= labelled.length * SORTED_SHARE;
}

function unordered({ row, fits }: Line, sorted: boolean): FormRow | Unplaced {
  if (!sorted) return 'otherForm';
  const stt = plain(row.stt);
  const same = fits.length > 1 && stt !== '' ? fits.filter((form) => form.stt === stt) : fits;
  const [only] = same;
  if (!only) return 'unknown';
  return same.length === 1 && plain(row.label).length >= TELLING ? only : 'ambiguous';
}

// Finds the indicator that each row of a filled spreadsheet is about, and what stands there. Pure.
// A row is placed only where exactly one row of the form fits; everything else is handed back with the reason.
import type { FilledAnswer, Unplaced } from '../domain/filled.ts';
import type { Row, Template } from '../domain/template.ts';
import { keysFit } from './match-rows-key.ts';
import { placeByLabel } from './match-rows-order.ts';
import type { FilledRow, Placing } from './match-rows-row.ts';
import { formsOf, mostlySame, sameLabel, sameUnit } from './match-rows-words.ts';

type UnplacedRow = FilledRow & { readonly why: Unplaced };

/**
 * `found`: by indicator id, also where the cell is empty. `notes`: what was noted beside groups and sections, by row id.
 * `conflicts`: the file says different things about these indicators, so that none is taken; by indicator id.
 * `unplaced`: rows with a figure or a note whose place is not sure, in the order of the file.
 */
export type Matched = {
  readonly found: ReadonlyMap<string, FilledAnswer>;
  readonly notes: ReadonlyMap<string, FilledAnswer>;
  readonly conflicts: ReadonlyMap<string, readonly FilledAnswer[]>;
  readonly unplaced: readonly UnplacedRow[];
};

/** The rows of one file, worksheet by worksheet and from top to bottom. */
export function matchRows(rows: readonly FilledRow[], template: Template): Matched {
  const forms = formsOf(template);
  const sheets = [...new Set(rows.map(({ sheet }) => sheet))];
  const trusted = new Set(
    sheets.filter((name) =>
      keysFit(
        rows.filter(({ sheet }) => sheet === name),
        template,
        forms,
      ),
    ),
  );
  const keyed = new Map<FilledRow, Row>();
  for (const row of rows) {
    const as = trusted.has(row.sheet) ? keyedRow(row, template) : undefined;
    if (as) keyed.set(row, as);
  }
  const copied = copiesAmong(keyed);
  const placings = sheets.flatMap((name) =>
    placeByLabel(
      rows.filter((row) => row.sheet === name && !copied.has(row)),
      { keyed, forms, moved: !trusted.has(name) },
    ),
  );
  const order = new Map(rows.map((row, n) => [row, n]));
  return collected([...placings, ...[...copied].map((row): Placing => ({ row, why: 'copied' }))], order);
}

/**
 * The row of the form that a key names, unless the words beside it are about something else; with a key of another version they
 * must be the same.
 */
function keyedRow({ key, label, unit }: FilledRow, template: Template): Row | undefined {
  const row = key?.template === template.id ? template.byId.get(key.row) : undefined;
  if (!row || sameLabel(row.label, label))
    return row && sameUnitOrOwn(row, unit, key?.version === template.version);
  const mended = mostlySame(row.label, label) && (unit === '' || sameUnit(row.unit, unit));
  return mended && key?.version === template.version ? row : undefined;
}

/** In a file of this version a unit beside the same label was only mended. */
const sameUnitOrOwn = (row: Row, unit: string, own: boolean): Row | undefined =>
  own || sameUnit(row.unit, unit) ? row : undefined;

/** Somebody who needs a further row copies one, key and all, and changes its words: of several with one key those are meant that kept them. */
function copiesAmong(keyed: ReadonlyMap<FilledRow, Row>): ReadonlySet<FilledRow> {
  const kept = new Set<string>();
  const place = (row: FilledRow, { id }: Row): string => `${row.sheet}\n${id}`;
  for (const [row, as] of keyed) if (sameLabel(as.label, row.label)) kept.add(place(row, as));
  const copies = [...keyed].filter(
    ([row, as]) => kept.has(place(row, as)) && !sameLabel(as.label, row.label),
  );
  return new Set(copies.map(([row]) => row));
}

const saysSomething = ({ cell, note }: Pick<FilledRow, 'cell' | 'note'>): boolean =>
  cell.is !== 'empty' || note !== '';

function collected(placings: readonly Placing[], order: ReadonlyMap<FilledRow, number>): Matched {
  const claims = new Map<string, FilledAnswer[]>();
  const notes = new Map<string, FilledAnswer[]>();
  const unplaced: UnplacedRow[] = [];
  const leave = (row: FilledRow, why: Unplaced): void => {
    if (saysSomething(row)) unplaced.push({ ...row, why });
  };
  for (const placing of placings) {
    const { row } = placing;
    if ('why' in placing) leave(row, placing.why);
    else if (placing.as.row !== 'indicator') {
      if (row.cell.is !== 'empty') leave(row, 'heading');
      else add(notes, placing);
    } else if (row.trouble) unplaced.push({ ...row, why: row.trouble });
    else add(claims, placing);
  }
  const told = [...claims].map(([id, all]) => [id, differing(all)] as const);
  const toldNotes = [...notes].map(([id, all]) => [id, differing(all)] as const);
  return {
    found: new Map(
      told.flatMap(([id, [first, ...more]]) => (first && more.length === 0 ? [[id, first]] : [])),
    ),
    notes: new Map(
      toldNotes.flatMap(([id, [first, ...more]]) =>
        first && more.length === 0 && first.note !== '' ? [[id, first]] : [],
      ),
    ),
    conflicts: new Map([...told, ...toldNotes].filter(([, all]) => all.length > 1)),
    unplaced: unplaced.sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0)),
  };
}

function add(answers: Map<string, FilledAnswer[]>, { row, as, by }: Extract<Placing, { as: Row }>): void {
  const { sheet, row: line, hidden, cell } = row;
  const note = withoutPrinted(row.note, as.printedNote);
  const answer: FilledAnswer = { sheet, row: line, hidden, cell, note, by };
  const others = answers.get(as.id);
  if (others) others.push(answer);
  else answers.set(as.id, [answer]);
}

/** Our own files print the form's words before the officer's, parted by a semicolon. */
function withoutPrinted(note: string, printed: string): string {
  if (printed === '' || !note.startsWith(printed)) return note;
  return note
    .slice(printed.length)
    .replace(/^\s*;\s*/, '')
    .trim();
}

/** One of each thing that is said; an empty row says nothing against a filled one. */
function differing(answers: readonly FilledAnswer[]): FilledAnswer[] {
  const filled = answers.filter(saysSomething);
  const said = new Map<string, FilledAnswer>();
  for (const answer of filled.length > 0 ? filled : answers.slice(0, 1)) {
    const { cell, note } = answer;
    const key = JSON.stringify([cell.is === 'number' ? [cell.number, cell.exact] : cell, note]);
    if (!said.has(key)) said.set(key, answer);
  }
  return [...said.values()];
}

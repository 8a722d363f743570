// A checked file → the form as the rest of the program knows it: rows flattened in printed order, defaults filled in.
import { rowsRead } from '../src/domain/relations.ts';
import type {
  Choice,
  Column,
  ColumnKey,
  HeaderCell,
  Indicator,
  Relation,
  Row,
  Rule,
  Section,
  Table,
  Template,
  Term,
  TitleLine,
} from '../src/domain/template.ts';
import { parseChoices } from '../src/indicators/choice.ts';
import type { Path } from './locate.ts';
import type { FileRow, FileRule, FileTable, FileTerm, IndicatorRow, TemplateFile } from './schema.ts';

/** A row of the file with its place in the tree. */
export type Placed = {
  readonly row: FileRow;
  readonly path: Path;
  readonly level: number;
  readonly parent?: string;
  readonly section: string;
};

/**
 * All rows of a table in printed order. A row that stands outside any section is its own section in name, so that it still
 * has a place, but it is no section.
 */
export function placedRows(table: FileTable, path: Path): Placed[] {
  const below = (
    rows: readonly FileRow[],
    at: Path,
    level: number,
    parent: string | undefined,
    section?: string,
  ): Placed[] =>
    rows.flatMap((row, n) => {
      const own = section ?? row.id;
      const depth = 'section' in row ? 0 : level;
      const placed: Placed = {
        row,
        path: [...at, n],
        level: depth,
        section: own,
        ...(parent === undefined ? {} : { parent }),
      };
      return [placed, ...below(row.rows ?? [], [...at, n, 'rows'], depth + 1, row.id, own)];
    });
  return below(table.rows, [...path, 'rows'], 1, undefined);
}

/** The codes of a choice: those written out, else those read from the unit cell. */
export const choicesOf = (row: IndicatorRow): readonly Choice[] =>
  row.choices?.map(({ code, label, also }) => ({ code, label, ...(also ? { also } : {}) })) ??
  parseChoices(row.unit ?? '');

/** The printed words of a row, whatever it is. */
export const labelOf = (row: FileRow): string =>
  'section' in row ? row.section : 'group' in row ? row.group : row.indicator;

/** The domain form of a file in which checkTemplate found nothing wrong. */
export function buildTemplate(file: TemplateFile): Template {
  const tables = file.tables.map(buildTable);
  const rows = tables.flatMap((table) => table.rows);
  const rules = (file.rules ?? []).map(buildRule);
  const periodWording: Partial<Record<'month' | 'quarter' | 'half' | 'nineMonths' | 'year', string>> = {};
  for (const kind of ['month', 'quarter', 'half', 'nineMonths', 'year'] as const) {
    const wording = file.periods?.[kind];
    if (wording !== undefined) periodWording[kind] = wording;
  }
  return {
    id: file.id,
    version: file.version,
    name: file.name,
    periodWording,
    tables,
    rows,
    indicators: rows.filter((row): row is Indicator => row.row === 'indicator'),
    sections: rows.filter((row): row is Section => row.row === 'section'),
    byId: new Map(rows.map((row) => [row.id, row])),
    rules,
    rulesOf: rulesByRow(rules),
  };
}

function buildTable(table: FileTable, n: number): Table {
  return {
    id: table.id,
    title: table.title.map(buildTitle),
    columns: Object.entries(table.columns).map(
      ([key, width]): Column => ({ key: key as ColumnKey, width: width ?? 0 }),
    ),
    header: table.header.map((tier) =>
      tier.map((cell): HeaderCell => {
        const { text, across = 1, down = 1 } = typeof cell === 'string' ? { text: cell } : cell;
        return { text, across, down };
      }),
    ),
    rows: placedRows(table, ['tables', n]).map((placed) => buildRow(placed, table.id)),
  };
}

function buildTitle(line: FileTable['title'][number]): TitleLine {
  const caps = line.caps ?? false;
  if ('heading' in line) return { text: line.heading, style: 'heading', caps };
  if ('title' in line) return { text: line.title, style: 'title', caps };
  return { text: line.attached, style: 'attached', caps };
}

function buildRow({ row, level, parent, section }: Placed, table: string): Row {
  const base = {
    id: row.id,
    stt: row.stt ?? '',
    label: labelOf(row),
    unit: row.unit ?? '',
    printedNote: row.note ?? '',
    level,
    section,
    table,
    ...(parent === undefined ? {} : { parent }),
  };
  if ('section' in row) return { row: 'section', ...base };
  if ('group' in row) return { row: 'group', ...base };
  return {
    row: 'indicator',
    ...base,
    type: row.type,
    choices: row.type === 'choice' ? choicesOf(row) : [],
    mayExceed100: row.mayExceed100 ?? false,
    hint: row.hint ?? '',
    ...(row.notAdded === undefined ? {} : { notAdded: row.notAdded }),
  };
}

function buildRule(rule: FileRule): Rule {
  return { ...relationOf(rule), id: rule.id, severity: rule.severity, why: rule.why ?? '' };
}

/** A rule of the file without its name: what must hold, every side as a list. */
export function relationOf(rule: FileRule): Relation {
  if ('atMost' in rule) return { kind: 'atMost', left: term(rule.atMost[0]), right: side(rule.atMost[1]) };
  if ('equal' in rule) return { kind: 'equal', left: term(rule.equal[0]), right: side(rule.equal[1]) };
  if ('sum' in rule) return { kind: 'sum', ...rule.sum, totalMissing: rule.sum.totalMissing ?? 'soft' };
  if ('ratio' in rule) {
    const { value, part, whole, lessNote } = rule.ratio;
    return {
      kind: 'ratio',
      value,
      part: term(part),
      whole: term(whole),
      ...(lessNote === undefined ? {} : { lessNote }),
    };
  }
  if ('range' in rule) {
    const { value, min, max } = rule.range;
    return {
      kind: 'range',
      value,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    };
  }
  if ('filledWhen' in rule) return { kind: 'filledWhen', ...rule.filledWhen };
  if ('blankWhen' in rule) return { kind: 'blankWhen', ...rule.blankWhen };
  if ('zeroWhen' in rule) return { kind: 'zeroWhen', ...rule.zeroWhen };
  if ('together' in rule)
    return { kind: 'together', left: term(rule.together[0]), right: term(rule.together[1]) };
  if ('impliesSome' in rule) return { kind: 'impliesSome', ...rule.impliesSome };
  if ('notCountOf' in rule) return { kind: 'notCountOf', ...rule.notCountOf };
  if ('noteNumber' in rule) {
    const { note, near, side: where, value, minus } = rule.noteNumber;
    const less = minus === undefined ? {} : { minus: term(minus) };
    return { kind: 'noteNumber', note, near, side: where, value: term(value), ...less };
  }
  if ('noteSaysNone' in rule) return { kind: 'noteSaysNone', ...rule.noteSaysNone };
  if ('cumulative' in rule) return { kind: 'cumulative', value: rule.cumulative };
  return { kind: 'change', ...rule.change };
}

const term = (ids: FileTerm): Term => (typeof ids === 'string' ? [ids] : ids);
const side = (ids: FileTerm | number): Term | number => (typeof ids === 'number' ? ids : term(ids));

function rulesByRow(rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
  const byRow = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const id of rowsRead(rule)) byRow.set(id, [...(byRow.get(id) ?? []), rule]);
  }
  return byRow;
}

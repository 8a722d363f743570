// What the schema cannot see: codes, references, header tiers, placeholders. Pure; every fault is reported.

import { figuresRead, notesRead, rowsRead } from '../src/domain/relations.ts';
import type { Issue } from '../src/domain/result.ts';
import { parseChoices } from '../src/indicators/choice.ts';
import { templateIssues as say } from '../src/text/template-issues.ts';
import { choicesOf, labelOf, type Placed, placedRows, relationOf } from './build.ts';
import type { Locate, Path } from './locate.ts';
import {
  COLUMN_KEYS,
  type FileRule,
  type FileTable,
  type IndicatorRow,
  type TemplateFile,
} from './schema.ts';

const IN_TITLES = ['unit', 'period', 'year', 'month', 'number'];
const IN_PERIODS = ['quarter', 'month', 'year'];

/** All faults in the content of a file whose shape is right, with their places in it. */
export function checkTemplate(file: TemplateFile, at: Locate): Issue[] {
  const issues: Issue[] = [];
  const fault: Report = (path, message) => issues.push({ ...at(path), message });
  const rows = file.tables.flatMap((table, n) => placedRows(table, ['tables', n]));
  if (file.name.trim() === '') fault(['name'], say.emptyName());
  for (const [kind, wording] of Object.entries(file.periods ?? {})) {
    checkPlaceholders(wording ?? '', IN_PERIODS, ['periods', kind], fault);
  }
  unique(
    file.tables.map((table, n) => ({ id: table.id, path: ['tables', n, 'id'] })),
    say.duplicateTable,
    at,
    fault,
  );
  unique(
    rows.map(({ row, path }) => ({ id: row.id, path: [...path, 'id'] })),
    say.duplicateId,
    at,
    fault,
  );
  file.tables.forEach((table, n) => {
    checkTable(table, ['tables', n], fault);
  });
  for (const placed of rows) checkRow(placed, fault);
  if (!rows.some(({ row }) => 'indicator' in row)) fault(['tables'], say.noIndicators());
  const rules = file.rules ?? [];
  unique(
    rules.map((rule, n) => ({ id: rule.id, path: ['rules', n, 'id'] })),
    say.duplicateRule,
    at,
    fault,
  );
  rules.forEach((rule, n) => {
    checkRule(rule, ['rules', n], rows, fault);
  });
  return issues;
}

type Report = (path: Path, message: string) => void;

function unique(
  named: readonly { id: string; path: Path }[],
  message: (id: string, line: number) => string,
  at: Locate,
  fault: Report,
): void {
  const first = new Map<string, Path>();
  for (const { id, path } of named) {
    const earlier = first.get(id);
    if (earlier) fault(path, message(id, at(earlier).line));
    else first.set(id, path);
  }
}

function checkPlaceholders(text: string, known: readonly string[], path: Path, fault: Report): void {
  for (const [, word = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
    if (!known.includes(word)) fault(path, say.unknownPlaceholder(word, known));
  }
}

function checkTable(table: FileTable, path: Path, fault: Report): void {
  table.title.forEach((line, n) => {
    const [key = '', text] = Object.entries(line).find(([name]) => name !== 'caps') ?? [];
    checkPlaceholders(String(text ?? ''), IN_TITLES, [...path, 'title', n, key], fault);
  });
  const missing = COLUMN_KEYS.filter((key) => table.columns[key] === undefined);
  if (missing.length > 0) fault([...path, 'columns'], say.columnsMissing(missing));
  checkHeader(table, path, fault);
}

/** Lays the header cells out as an HTML table does and looks for overlaps, gaps and cells that stick out. */
function checkHeader(table: FileTable, path: Path, fault: Report): void {
  const width = COLUMN_KEYS.length;
  const tiers = table.header.length;
  const covered = table.header.map(() => new Set<number>());
  table.header.forEach((tier, t) => {
    let column = 0;
    tier.forEach((cell, n) => {
      const { across = 1, down = 1 } = typeof cell === 'string' ? {} : cell;
      while (covered[t]?.has(column)) column += 1;
      const place = [...path, 'header', t, n];
      const fits = Array.from({ length: across }, (_, i) => column + i).every(
        (c) => c < width && !covered[t]?.has(c),
      );
      if (!fits) fault(place, say.headerTooWide(width));
      if (t + down > tiers) fault(place, say.headerTooDeep(tiers));
      for (let row = t; row < t + down; row += 1)
        for (let c = column; c < column + across; c += 1) covered[row]?.add(c);
      column += across;
    });
    const filled = Array.from({ length: width }, (_, c) => c).every((c) => covered[t]?.has(c));
    if (!filled) fault([...path, 'header', t], say.headerTooNarrow(width));
  });
}

function checkRow({ row, path }: Placed, fault: Report): void {
  const kind = 'section' in row ? 'section' : 'group' in row ? 'group' : 'indicator';
  if (labelOf(row).trim() === '') fault([...path, kind], say.emptyLabel());
  if ('indicator' in row) checkIndicator(row, path, fault);
  else if ((row.rows ?? []).length === 0) fault(path, say.emptyGroup());
}

/** "Có …" with a count as its unit is no fault: real forms print it. */
function checkIndicator(row: IndicatorRow, path: Path, fault: Report): void {
  const unit = row.unit ?? '';
  if (row.type === 'choice') {
    const codes = choicesOf(row).map(({ code }) => code);
    if (codes.length === 0) fault([...path, unit === '' ? 'type' : 'unit'], say.choiceWithoutCodes(unit));
    const twice = codes.find((code, n) => codes.indexOf(code) !== n);
    if (twice !== undefined) fault([...path, row.choices ? 'choices' : 'unit'], say.duplicateCode(twice));
  } else {
    if (row.choices) fault([...path, 'choices'], say.choicesNotUsed());
    if (parseChoices(unit).length > 0) fault([...path, 'type'], say.choiceUnit(unit));
  }
  if (row.mayExceed100 !== undefined && row.type !== 'percent')
    fault([...path, 'mayExceed100'], say.mayExceedNotUsed());
  if (row.notAdded !== undefined && (row.type === 'text' || row.type === 'date'))
    fault([...path, 'notAdded'], say.notAddedNotUsed());
}

function checkRule(rule: FileRule, path: Path, rows: readonly Placed[], fault: Report): void {
  const relation = relationOf(rule);
  const place = [...path, relation.kind];
  const numeric = figuresRead(relation);
  const notes = notesRead(relation);
  for (const id of rowsRead(relation)) {
    const row = rows.find((each) => each.row.id === id)?.row;
    if (!row) fault(place, say.unknownRow(id));
    else if (!('indicator' in row)) {
      if (numeric.includes(id) || !notes.includes(id)) fault(place, say.notIndicator(id));
    } else if (numeric.includes(id) && (row.type === 'text' || row.type === 'date'))
      fault(place, say.notNumeric(id));
  }
  if (relation.kind === 'sum' && relation.parts.includes(relation.total))
    fault(place, say.totalAmongParts(relation.total));
  for (const side of Object.values(relation)) {
    const twice = Array.isArray(side) ? side.find((id, n) => side.indexOf(id) !== n) : undefined;
    if (twice !== undefined) fault(place, say.repeatedPart(twice));
  }
  if (relation.kind === 'range') {
    if (relation.min === undefined && relation.max === undefined) fault(place, say.rangeWithoutLimits());
    else if ((relation.min ?? -Infinity) > (relation.max ?? Infinity)) fault(place, say.rangeUpsideDown());
  }
}

// Lays a report out as the printed tables of its form, cell by cell, for whatever writes them to a file. Pure.
import type { Campaign } from '../domain/campaign.ts';
import type { Mark } from '../domain/open-findings.ts';
import type { Unit } from '../domain/people.ts';
import { periodName } from '../domain/period.ts';
import type { Report, Value } from '../domain/report.ts';
import type { Column, HeaderCell, Indicator, Row, Table, Template, TitleLine } from '../domain/template.ts';
import { toCell } from '../indicators/index.ts';
import { rowKey } from './match-rows-key.ts';
import { notesOf } from './notes.ts';
import { codeLines } from './unit-codes.ts';

/** Why an indicator has no figure: nobody answered yet, or the answer was that it stays empty, and how. */
export type Empty = 'missing' | 'blank' | 'notApplicable' | 'pending';

/**
 * A cell below the header. `printed`: the text as it is broken into lines on paper. `decimals`: how many of them a number shows; `suffix` stands right behind it. `reason`: only where an
 * indicator's figure would stand; on paper all of them are the same empty cell.
 */
export type SheetCell = { readonly bold: boolean; readonly align: 'left' | 'center' | 'right' } & (
  | { readonly kind: 'text'; readonly text: string; readonly printed?: string }
  | { readonly kind: 'number'; readonly number: number; readonly decimals: number; readonly suffix?: '%' }
  | { readonly kind: 'empty'; readonly reason?: Empty }
);

/** A header cell on the grid of columns; `row` counts the header's tiers, both from 0. */
type SheetHeaderCell = HeaderCell & { readonly row: number; readonly col: number };

/** One printed table. Every row has a cell for every column; widths are the form's own and only their proportions matter. */
export type Sheet = {
  /** The heading above the table ("Phụ lục I"). */
  readonly name: string;
  readonly title: readonly { readonly text: string; readonly style: TitleLine['style'] }[];
  readonly columns: readonly Column[];
  /** Too many columns for a page that stands. */
  readonly lying?: true;
  /** How many rows the header has. */
  readonly tiers: number;
  readonly header: readonly SheetHeaderCell[];
  readonly rows: readonly SheetRow[];
  /** Only in a table for looking at a report: how many rows have no answer yet, and how many are marked. */
  readonly review?: { readonly missing: number; readonly hard: number; readonly soft: number };
};

/** `key` names the row of the form (match-rows-key.ts), so that a spreadsheet that was filled in can be read back. */
type SheetRow = {
  readonly kind: Row['row'];
  readonly cells: readonly SheetCell[];
  readonly key?: string;
  /** Only in a table for looking at a report. */
  readonly mark?: Mark;
};

/** `report` needs only what is printed, so that an earlier submission can stand in its place. */
export type Appendix = {
  readonly template: Template;
  readonly report: Pick<Report, 'answers' | 'notes' | 'explanations' | 'overrides'>;
  readonly unit: Unit;
  readonly campaign: Campaign;
};

/** The tables of a report in printed order, one for each table of the form. */
export function appendixSheets(appendix: Appendix): Sheet[] {
  const notes = notesOf(appendix.template, appendix.report);
  return appendix.template.tables.map((table) => ({
    name: nameOf(table, appendix),
    title: table.title.map((line) => ({ text: filled(line, appendix), style: line.style })),
    columns: table.columns,
    tiers: table.header.length,
    header: placed(table.header),
    rows: table.rows.map((row) => ({
      kind: row.row,
      key: rowKey(appendix.template, row.id),
      cells: table.columns.map(({ key }) => cellOf(key, row, notes.get(row.id) ?? '', appendix)),
    })),
  }));
}

/** All its heading lines: where a Phụ lục has several tables, the second line alone tells them apart. */
function nameOf(table: Table, appendix: Appendix): string {
  const headings = table.title.filter((line) => line.style === 'heading');
  return headings.map((line) => filled(line, appendix)).join(' - ') || table.id;
}

/** The report's number and the day are written by hand, on blanks as wide as in the printed forms. */
const NUMBER_BLANK = '\u00a0'.repeat(8);
const DAY_BLANK = '\u00a0'.repeat(6);

function filled(line: TitleLine, { template, unit, campaign }: Appendix): string {
  const words: Readonly<Record<string, string>> = {
    unit: unit.name,
    period: periodName(campaign.period, template.periodWording),
    year: String(campaign.period.year),
    month: monthOf(campaign.cutoff),
    number: NUMBER_BLANK,
  };
  const blanks = line.text
    .replace(/ +(?=\{number\})/g, '\u00a0')
    .replace(/(?<=ngày) +(?=\/)/g, DAY_BLANK)
    .replace(/(?<=ngày) +(?=tháng)/g, `${DAY_BLANK} `)
    .replace(/\/ +\//g, `/${DAY_BLANK}/`);
  const text = blanks.replace(/\{([a-z]+)\}/g, (whole, name: string) => words[name] ?? whole);
  return line.caps ? text.toLocaleUpperCase('vi') : text;
}

/** Only the months 1 and 2 keep their leading zero, as in Nghị định 30/2020. */
function monthOf(day: string): string {
  const month = day.slice(5, 7);
  return Number(month) <= 2 ? month : String(Number(month));
}

/** Header tiers are written as in an HTML table: a cell takes the first place that no cell above or before it covers. */
function placed(tiers: Table['header']): SheetHeaderCell[] {
  const covered = new Set<string>();
  return tiers.flatMap((tier, row) => {
    let col = 0;
    return tier.map((cell) => {
      while (covered.has(`${row},${col}`)) col += 1;
      for (let down = 0; down < cell.down; down++)
        for (let across = 0; across < cell.across; across++) covered.add(`${row + down},${col + across}`);
      return { ...cell, row, col };
    });
  });
}

function cellOf(key: Column['key'], row: Row, note: string, { report }: Appendix): SheetCell {
  const bold = row.row === 'section';
  switch (key) {
    case 'stt':
      return textCell(row.stt, bold, 'center');
    case 'label':
      return textCell(row.label, bold);
    case 'unit':
      return row.row === 'indicator' && row.type === 'choice' && row.unit !== ''
        ? { kind: 'text', text: row.unit, printed: codeLines(row.unit), bold, align: 'left' }
        : textCell(row.unit, bold);
    case 'note':
      // Also beside a section: what an officer noted is no heading.
      return textCell(note, false);
    case 'value':
      return row.row === 'indicator'
        ? valueCell(row, report.answers[row.id]?.value)
        : { kind: 'empty', bold, align: 'right' };
  }
}

function valueCell(row: Indicator, value: Value | undefined): SheetCell {
  const cell = value && toCell(value, row);
  if (!cell || ('text' in cell && cell.text === ''))
    return { kind: 'empty', reason: reasonOf(value), bold: false, align: 'right' };
  if ('text' in cell) return textCell(cell.text, false);
  // Elsewhere the unit beside it says so.
  const suffix = row.type === 'percent' && row.unit.trim() === '';
  return { kind: 'number', ...cell, ...(suffix && { suffix: '%' }), bold: false, align: 'right' };
}

function reasonOf(value: Value | undefined): Empty {
  switch (value?.is) {
    case undefined:
      return 'missing';
    case 'notApplicable':
    case 'pending':
      return value.is;
    default:
      return 'blank';
  }
}

const textCell = (text: string, bold: boolean, align: SheetCell['align'] = 'left'): SheetCell =>
  text === '' ? { kind: 'empty', bold, align } : { kind: 'text', text, bold, align };

// Lays a report out as the printed tables of its form, cell by cell, for whatever writes them to a file. Pure.
import type { Campaign } from '../domain/campaign.ts';
import type { Unit } from '../domain/people.ts';
import { periodName } from '../domain/period.ts';
import type { Report } from '../domain/report.ts';
import type { Column, HeaderCell, Row, Table, Template, TitleLine } from '../domain/template.ts';
import { toCell } from '../indicators/index.ts';
import { notesOf } from './notes.ts';

/** A cell below the header. `decimals`: how many of them a number shows. */
export type SheetCell = { readonly bold: boolean; readonly align: 'left' | 'center' | 'right' } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number; readonly decimals: number }
  | { readonly kind: 'empty' }
);

/** A header cell on the grid of columns; `row` counts the header's tiers, both from 0. */
type SheetHeaderCell = HeaderCell & { readonly row: number; readonly col: number };

/** One printed table. Every row has a cell for every column; widths are the form's own and only their proportions matter. */
export type Sheet = {
  /** The heading above the table ("Phụ lục I"). */
  readonly name: string;
  readonly title: readonly { readonly text: string; readonly style: TitleLine['style'] }[];
  readonly columns: readonly Column[];
  /** How many rows the header has. */
  readonly tiers: number;
  readonly header: readonly SheetHeaderCell[];
  readonly rows: readonly { readonly kind: Row['row']; readonly cells: readonly SheetCell[] }[];
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
      cells: table.columns.map(({ key }) => cellOf(key, row, notes.get(row.id) ?? '', appendix)),
    })),
  }));
}

/** All its heading lines: where a Phụ lục has several tables, the second line alone tells them apart. */
function nameOf(table: Table, appendix: Appendix): string {
  const headings = table.title.filter((line) => line.style === 'heading');
  return headings.map((line) => filled(line, appendix)).join(' - ') || table.id;
}

/** The number of the report stays empty until văn thư gives one. */
function filled(line: TitleLine, { template, unit, campaign }: Appendix): string {
  const words: Readonly<Record<string, string>> = {
    unit: unit.name,
    period: periodName(campaign.period, template.periodWording),
    year: String(campaign.period.year),
    month: monthOf(campaign.cutoff),
    number: '',
  };
  const text = line.text.replace(/\{([a-z]+)\}/g, (whole, name: string) => words[name] ?? whole);
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
      return textCell(row.unit, bold);
    case 'note':
      // Also beside a section: what an officer noted is no heading.
      return textCell(note, false);
    case 'value': {
      const value = row.row === 'indicator' ? report.answers[row.id]?.value : undefined;
      const cell = value && row.row === 'indicator' ? toCell(value, row) : undefined;
      if (!cell) return { kind: 'empty', bold, align: 'right' };
      return 'text' in cell ? textCell(cell.text, bold) : { kind: 'number', ...cell, bold, align: 'right' };
    }
  }
}

const textCell = (text: string, bold: boolean, align: SheetCell['align'] = 'left'): SheetCell =>
  text === '' ? { kind: 'empty', bold, align } : { kind: 'text', text, bold, align };

// The table of a form and the words in it, as the parts of a Word document.
import type { Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { cellText } from './cell-text.ts';
import type { Sheet, SheetCell } from './layout.ts';
import { BODY_SIZE, type Page } from './page.ts';

/** The library, handed in because it is loaded late. */
export type Word = typeof import('docx');
/** Lengths are in twips, of which a point has 20. */
export const POINT = 20;

type Letters = { readonly size: number; readonly bold: boolean; readonly italics?: boolean };

/** What a cell leaves free; page.ts counts on 2 points on either side. */
const CELL_MARGINS = { marginUnitType: 'dxa', top: 20, bottom: 20, left: 40, right: 40 } as const;
/** Further from the line that words begin or figures end at. STT stay in the middle, in a column just wide enough. */
const INDENTS = { left: { left: 30 }, center: undefined, right: { right: 60 } } as const;
/** A row that takes more of a page than this may be broken, not to leave as much of the page before it empty. */
const WHOLE = 0.6;

/** A table that fills `room`, the space between the margins in twips, in width; its header stands on every page. */
export function tableOf(
  word: Word,
  sheet: Sheet,
  page: Page,
  room: { readonly width: number; readonly height: number },
): Table {
  const widths = columnWidths(page, room.width);
  const highest = WHOLE * (room.height / POINT - sum(page.header));
  const rows = sheet.rows.map(({ kind, cells }, r) => {
    const { height = 0, sizes = [] } = page.rows[r] ?? {};
    const keepNext = kind !== 'indicator';
    return new word.TableRow({
      cantSplit: height < highest,
      children: cells.map((cell, col) => {
        const paragraph = bodyParagraph(word, cell, { size: sizes[col] ?? BODY_SIZE, keepNext });
        return new word.TableCell({ ...cellSetup(widths[col]), children: [paragraph] });
      }),
    });
  });
  return new word.Table({
    ...{ layout: 'fixed', alignment: 'center', columnWidths: widths, margins: CELL_MARGINS },
    width: { size: room.width, type: 'dxa' },
    rows: [...headerOf(word, sheet, widths), ...rows],
  });
}

/** Whole twips that fill the width together. */
function columnWidths({ widths }: Page, width: number): number[] {
  const edges = widths.map((_, col) => Math.round((sum(widths.slice(0, col + 1)) / sum(widths)) * width));
  return edges.map((edge, col) => edge - (edges[col - 1] ?? 0));
}

const cellSetup = (width = 0) => ({ width: { size: width, type: 'dxa' }, verticalAlign: 'center' }) as const;

/** Word wants a cell in every tier that a merged cell covers; the first one holds the words. */
function headerOf(word: Word, { tiers, header, columns }: Sheet, widths: readonly number[]): TableRow[] {
  return Array.from({ length: tiers }, (_, tier) => {
    const covering = header.filter(({ row, down }) => row <= tier && tier < row + down);
    const children: TableCell[] = [];
    for (let col = 0; col < columns.length; ) {
      const cell = covering.find((each) => each.col === col);
      const across = cell?.across ?? 1;
      const text = cell?.row === tier ? cell.text : '';
      const words = runs(word, text, { size: BODY_SIZE, bold: true });
      children.push(
        new word.TableCell({
          ...cellSetup(sum(widths.slice(col, col + across))),
          ...(across > 1 && { columnSpan: across }),
          ...(cell && cell.down > 1 && { verticalMerge: cell.row === tier ? 'restart' : 'continue' }),
          children: [new word.Paragraph({ alignment: 'center', keepNext: true, children: words })],
        }),
      );
      col += across;
    }
    return new word.TableRow({ cantSplit: true, tableHeader: true, children });
  });
}

/** `keepNext`: a heading among the rows does not stay behind as the last one of a page. */
function bodyParagraph(
  word: Word,
  cell: SheetCell,
  { size, keepNext }: { readonly size: number; readonly keepNext: boolean },
): Paragraph {
  const indent = INDENTS[cell.align];
  return new word.Paragraph({
    alignment: cell.align,
    ...(indent && { indent }),
    ...(keepNext && { keepNext }),
    // The mark that ends a paragraph would otherwise make its last line as high as usual.
    ...(size !== BODY_SIZE && { run: { size: size * 2 } }),
    children: runs(word, cellText(cell), { size, bold: cell.bold }),
  });
}

/** Everything but what XML can hold. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * The words of a text as they are, whatever they begin with; line ends and tabs become Word's own. What no file can hold (control
 * characters, halves of characters) is left out.
 */
export function runs(word: Word, text: string, { size, bold, italics = false }: Letters): TextRun[] {
  const letters = {
    ...(size !== BODY_SIZE && { size: size * 2 }),
    ...(bold && { bold }),
    ...(italics && { italics }),
  };
  // The library fills in places like "{name-0}" unless the bracket stands in a run of its own.
  const pieces = text.replace(ILLEGAL, '').match(/\r\n|[\n\r\u2028\u2029\t{]|[^\n\r\u2028\u2029\t{]+/g) ?? [];
  return pieces.map((piece) => {
    if (/^[\n\r\u2028\u2029]/.test(piece)) return new word.TextRun({ ...letters, break: 1 });
    if (piece === '\t') return new word.TextRun({ ...letters, children: [new word.Tab()] });
    return new word.TextRun({ ...letters, text: piece });
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

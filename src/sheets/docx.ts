// Writes tables as a Word document ready to print on A4.
import type { ISectionPropertiesOptions, Paragraph } from 'docx';
import { POINT, runs, tableOf, type Word } from './docx-table.ts';
import { withoutTimes } from './docx-zip.ts';
import type { Sheet } from './layout.ts';
import { BODY_SIZE, ON_PAPER, type Page, pageFor, titleFont } from './page.ts';
import { periodsWhole } from './title-lines.ts';

const twips = (millimetres: number): number => Math.round((millimetres / 25.4) * 1440);
const PAPER = { width: twips(210), height: twips(297) };
const MARGINS = {
  ...{ top: twips(20), bottom: twips(20), left: twips(30), right: twips(15) },
  ...{ header: twips(10), footer: twips(10) },
};
/** Between title and table. */
const GAP = 8 * POINT;
/** Not proofread, because most programs know no Vietnamese and would underline every word. */
const LETTERS = {
  ...{ font: 'Times New Roman', size: BODY_SIZE * 2 },
  ...{ language: { value: 'vi-VN' }, noProof: true },
};
const AUTHOR = 'chitieu-bot';

/**
 * The bytes of a .docx file with one section for every table, each beginning a page. The same tables and `created` always give
 * the same bytes. The library is loaded with the first document, so that the program starts fast. Rejects when there is no table,
 * and for an invalid date.
 */
export async function writeDocx(
  sheets: readonly Sheet[],
  options: { readonly created: Date },
): Promise<Uint8Array> {
  if (sheets.length === 0) throw new Error('A Word document needs at least one table');
  const word = await import('docx');
  const tables = sheets.map((sheet) => ({ sheet, page: pageFor(sheet, ON_PAPER) }));
  // The library's only section is the last one; those before it end with a line of our own, see thinLine.
  const document = new word.Document({
    styles: { default: { document: { run: LETTERS } } },
    sections: [
      { properties: setup(tables.at(-1)?.page), headers: { default: pageNumber(word) }, children: [] },
    ],
  });
  const [header] = document.Headers;
  const body = document.Document.View;
  tables.forEach(({ sheet, page }, n) => {
    for (const line of titleOf(word, sheet)) body.add(line);
    body.add(tableOf(word, sheet, page, roomOn(page)));
    const section = { ...setup(page), headerWrapperGroup: header ? { default: header } : {} };
    body.add(thinLine(word, n < tables.length - 1 ? section : undefined));
  });
  const core = { path: 'docProps/core.xml', data: coreProperties(options.created) };
  return withoutTimes(await word.Packer.pack(document, 'uint8array', undefined, [core]));
}

/** Every table counts its own pages, the first of which shows no number. The library swaps width and height for a page that lies. */
const setup = (page: Page | undefined): ISectionPropertiesOptions => ({
  ...{ type: 'nextPage', titlePage: true },
  page: {
    size: { ...PAPER, orientation: page?.orientation ?? 'portrait' },
    ...{ margin: MARGINS, pageNumbers: { start: 1 } },
  },
});

/** Between the margins. */
function roomOn({ orientation }: Page): { width: number; height: number } {
  const [width, height] =
    orientation === 'portrait' ? [PAPER.width, PAPER.height] : [PAPER.height, PAPER.width];
  return { width: width - MARGINS.left - MARGINS.right, height: height - MARGINS.top - MARGINS.bottom };
}

/** In the middle of the top margin, as Nghị định 30/2020 asks. */
function pageNumber(word: Word): InstanceType<Word['Header']> {
  const number = new word.TextRun({ children: [word.PageNumber.CURRENT] });
  return new word.Header({ children: [new word.Paragraph({ alignment: 'center', children: [number] })] });
}

function titleOf(word: Word, sheet: Sheet): Paragraph[] {
  return sheet.title.map(({ text, style }, n) => {
    const letters = { ...titleFont(style), italics: style === 'attached' };
    return new word.Paragraph({
      ...{ alignment: 'center', keepNext: true },
      spacing: { after: n === sheet.title.length - 1 ? GAP : 0 },
      children: runs(word, periodsWhole(text), letters),
    });
  });
}

/**
 * The line that has to follow a table, ending its section where `section` is given. The library's own would be as high as a line
 * of text and bring an empty page wherever a table just fills its last one.
 */
function thinLine(word: Word, section?: ISectionPropertiesOptions): Paragraph {
  const properties = new word.ParagraphProperties({
    spacing: { line: POINT, lineRule: 'exact' },
    run: { size: 2 },
  });
  if (section) properties.push(new word.SectionProperties(section));
  const paragraph = new word.Paragraph({});
  paragraph.addChildElement(properties);
  return paragraph;
}

/** In place of the library's own, which knows no other time than now. Nobody is named. */
function coreProperties(created: Date): string {
  const namespaces = [
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:dcterms="http://purl.org/dc/terms/"',
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ];
  const at = created.toISOString();
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    `<cp:coreProperties ${namespaces.join(' ')}>`,
    `<dc:creator>${AUTHOR}</dc:creator><cp:lastModifiedBy>${AUTHOR}</cp:lastModifiedBy><cp:revision>1</cp:revision>`,
    `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created>`,
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified>`,
    '</cp:coreProperties>',
  ].join('');
}

// Writes tables as a PDF ready to print on A4.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Content } from 'pdfmake';
import type { Sheet } from './layout.ts';
import { BODY_SIZE, ON_PAPER, pageFor } from './page.ts';
import { readLetters } from './pdf-font.ts';
import { type Faces, SPACING } from './pdf-rows.ts';
import { tableContent } from './pdf-table.ts';
import { printable } from './pdf-text.ts';

const FAMILY = 'Liberation Serif';
const fontFile = (face: string): string =>
  fileURLToPath(new URL(`fonts/LiberationSerif-${face}.ttf`, import.meta.url));
const FILES = { normal: fontFile('Regular'), bold: fontFile('Bold'), italics: fontFile('Italic') };

const points = (millimetres: number): number => (millimetres * 72) / 25.4;
const MARGINS = { left: points(30), right: points(15), top: points(20), bottom: points(20) };
const A4 = { short: 595.28, long: 841.89 };
/** From the upper edge of the paper down to the page number. */
const NUMBER_TOP = points(10);

let printer: ReturnType<typeof openPrinter> | undefined;

/**
 * The bytes of a PDF file where every table begins a page of its own. The same tables and `created` give the same bytes, as long
 * as the libraries stay the same. Rejects when there is no table, or when a font file cannot be read.
 */
export async function writePdf(
  sheets: readonly Sheet[],
  options: { readonly created: Date },
): Promise<Uint8Array> {
  const [first] = sheets;
  if (!first) throw new Error('A PDF needs at least one table');
  printer ??= openPrinter().catch((error: unknown) => {
    // The next call tries again.
    printer = undefined;
    throw error;
  });
  const { library, faces } = await printer;
  const heading = first.title.find(({ style }) => style === 'heading')?.text ?? first.name;
  const pdf = library.createPdf({
    ...{ version: '1.7', language: 'vi', displayTitle: true },
    info: { title: printable(heading, faces.bold).replaceAll('\n', ' '), creationDate: options.created },
    pageSize: 'A4',
    pageMargins: [MARGINS.left, MARGINS.top, MARGINS.right, MARGINS.bottom],
    defaultStyle: { font: FAMILY, fontSize: BODY_SIZE, lineHeight: SPACING, preserveLeadingSpaces: true },
    content: sheets.map((sheet) => sectionOf(sheet, faces)),
  });
  return pdf.getBuffer();
}

function sectionOf(sheet: Sheet, faces: Faces): Content {
  const page = pageFor(sheet, ON_PAPER);
  return {
    section: tableContent(sheet, page, textArea(page.orientation), faces),
    pageOrientation: page.orientation,
    header: pageNumbers(),
  };
}

/**
 * In the middle of the top margin, as Nghị định 30/2020 asks: every table counts its own pages, the first of which shows no number.
 * The library calls for the pages in their order.
 */
function pageNumbers(): (page: number) => Content {
  let first: number | undefined;
  return (page) => {
    first ??= page;
    const text = page === first ? '' : String(page - first + 1);
    return { text, alignment: 'center', margin: [MARGINS.left, NUMBER_TOP, MARGINS.right, 0] };
  };
}

function textArea(orientation: 'portrait' | 'landscape'): { width: number; height: number } {
  const [width, height] = orientation === 'portrait' ? [A4.short, A4.long] : [A4.long, A4.short];
  return { width: width - MARGINS.left - MARGINS.right, height: height - MARGINS.top - MARGINS.bottom };
}

/** Loaded with the first file, since most starts of the bot never write one. */
async function openPrinter() {
  const { default: library } = await import('pdfmake');
  library.setFonts({ [FAMILY]: { ...FILES } });
  library.setUrlAccessPolicy(() => false);
  library.setLocalAccessPolicy((path) => Object.values(FILES).includes(path));
  const [normal, bold, italics] = await Promise.all(
    [FILES.normal, FILES.bold, FILES.italics].map(async (file) => readLetters(await readFile(file))),
  );
  if (!normal || !bold || !italics) throw new Error('A font is missing');
  const faces: Faces = { normal, bold, italics };
  return { library, faces };
}

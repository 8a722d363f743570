// Lays tables out as pictures for a phone: what stands where, and on which picture. Pure; nothing is drawn here.
import { PICTURE } from '../text/picture.ts';
import type { Sheet } from './layout.ts';
import { type Block, bottomOf, cutBlock, type Field, type Line, stacked } from './picture-block.ts';
import type { Frame } from './picture-cells.ts';
import type { Font, Metrics } from './picture-font.ts';
import { fewLines, lastWords, linesOf } from './picture-lines.ts';
import { FONTS, lineHeight, MARGIN, WIDTH } from './picture-look.ts';
import { legend } from './picture-marks.ts';
import { type Chunk, evenPages, heightOf } from './picture-pages.ts';
import { continuedBlock, frameOf, nextPart, rowBlock } from './picture-row.ts';
import { evenLines, periodsWhole } from './title-lines.ts';

/** One picture, `height` pixels high: its blocks from top to bottom. `sheet` counts the tables from 0. */
export type Picture = { readonly sheet: number; readonly height: number; readonly blocks: readonly Block[] };

const FOOT: Block = { kind: 'foot', height: 28, fields: [], lines: [] };
const COUNTER_WIDTH = 200;
const TITLE_LINES = 4;
const ATTACHED_LINES = 3;

/**
 * The pictures of all tables in order, each at most `highest` pixels high (at least 900). A table begins on a picture of its own;
 * one that is longer continues on the next, between rows, the pictures about equally high. A row that is higher than a
 * picture is shown in parts.
 */
export function planPictures(sheets: readonly Sheet[], metrics: Metrics, highest: number): Picture[] {
  const tables = sheets.map((sheet) => pagesOf(sheet, metrics, highest));
  const total = tables.reduce((sum, pages) => sum + pages.length, 0);
  let number = 0;
  return tables.flatMap((pages, sheet) =>
    pages.map((page, n) => {
      number += 1;
      const head = headBlock(sheets[sheet] as Sheet, metrics, n === 0, PICTURE.counter(number, total));
      const blocks = [head, ...page, FOOT];
      return { sheet, height: heightOf(blocks), blocks };
    }),
  );
}

function pagesOf(sheet: Sheet, metrics: Metrics, highest: number): Block[][] {
  const [first = 0, others = 0] = [true, false].map(
    (isFirst) => headBlock(sheet, metrics, isFirst, '').height + FOOT.height,
  );
  const chunks = chunksOf(frameOf(sheet, metrics), highest - Math.max(first, others));
  return evenPages(chunks, highest - others, first - others);
}

function chunksOf(frame: Frame, room: number): Chunk<Block>[] {
  const chunks: Chunk<Block>[] = [];
  let waiting: Block[] = [];
  let section: Block | undefined;
  /** What the waiting rows stand under, once a picture begins with them. */
  let above: Block | undefined;
  const close = () => {
    const limit = room - (above?.height ?? 0);
    for (const blocks of fitting(waiting, limit, frame))
      chunks.push({ blocks, height: heightOf(blocks), ...(above && { section: above }) });
    waiting = [];
  };
  for (const [n, row] of frame.sheet.rows.entries()) {
    if (row.kind === 'section') {
      close();
      section = continuedBlock(frame, row);
    }
    if (waiting.length === 0) above = row.kind === 'section' ? undefined : section;
    waiting.push(rowBlock(frame, row, n));
    if (row.kind === 'indicator') close();
  }
  close();
  return chunks;
}

/** Rows that belong together, or one by one and in parts where together they are higher than a picture. */
function fitting(blocks: readonly Block[], room: number, frame: Frame): Block[][] {
  if (blocks.length === 0) return [];
  if (heightOf(blocks) <= room) return [[...blocks]];
  return blocks.flatMap((block) =>
    cutBlock(block, room, (part) => nextPart(frame, part)).map((part) => [part]),
  );
}

/** The heading of the table above every picture; its title whole above the first one only, with how it is attached to a report. */
function headBlock(sheet: Sheet, metrics: Metrics, first: boolean, counter: string): Block {
  const width = WIDTH - 2 * MARGIN;
  const heading = textsOf(sheet, 'heading').join(' – ');
  const named = { width: width - COUNTER_WIDTH, font: FONTS.heading, most: 2 };
  const left = { align: 'left', left: MARGIN, top: 28 } as const;
  const lines: Line[] = [
    ...stacked(fewLines(heading, named, metrics), { ...left, ...named, colour: 'navy' }),
    {
      ...{ text: counter, font: FONTS.counter, colour: 'quiet', align: 'right', top: 28 },
      ...{ left: WIDTH - MARGIN - COUNTER_WIDTH, width: COUNTER_WIDTH },
    },
  ];
  const add = (texts: readonly string[], font: Font, colour: Line['colour'], most: number) => {
    const broken = (text: string, room: number) => linesOf(text, room, font, metrics);
    const all = texts.flatMap((text) => evenLines(periodsWhole(text), width, broken));
    const kept = all.length > most ? fewLines(texts.join(' '), { width, font, most }, metrics) : all;
    const box = { font, colour, align: 'center', left: MARGIN, width } as const;
    lines.push(...stacked(kept, { ...box, top: bottomOf(lines) + 14 }));
  };
  const title = textsOf(sheet, 'title');
  // Unit and period stand at its end.
  const short = lastWords(periodsWhole(title.join(' ')), width, FONTS.title, metrics);
  add(first || sheet.review ? title : [short], FONTS.title, 'navy', TITLE_LINES);
  if (first) add(textsOf(sheet, 'attached'), FONTS.attached, 'note', ATTACHED_LINES);
  const least = 28 + lineHeight(FONTS.heading);
  const marks = sheet.review && legend(sheet.review, bottomOf(lines, least) + 18, metrics);
  if (marks) lines.push(...marks.lines);
  const end = bottomOf(lines, least) + 22;
  const rule: Field = { colour: 'navy', left: 0, top: end, width: WIDTH, height: 4, radius: 0 };
  return { kind: 'head', height: end + 4, fields: [...(marks?.fields ?? []), rule], lines };
}

const textsOf = (sheet: Sheet, style: Sheet['title'][number]['style']): string[] =>
  sheet.title.filter((line) => line.style === style).map(({ text }) => text);

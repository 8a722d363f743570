// Draws the tables of a report as PNG pictures that a phone shows at a readable size.
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Sheet } from './layout.ts';
import { type Block, baseline, COLOURS, WIDTH } from './picture-block.ts';
import { type Face, FONT_FILES, loadMetrics, type Metrics } from './picture-font.ts';
import { type Picture, planPictures } from './picture-plan.ts';
import { encodePng } from './picture-png.ts';

type Canvas = typeof import('@napi-rs/canvas');
type Tools = { readonly canvas: Canvas; readonly metrics: Metrics };

/** What Zalo takes. */
const MOST_BYTES = 1_000_000;
/** Tried from the highest; a picture of the last height cannot be larger than that, whatever is on it. */
const HEIGHTS = [2400, 1600, 900] as const;
/** A name that no font of the machine has. */
const FAMILY = 'Chitieu Bot Serif';
const STYLES: Readonly<Record<Face, string>> = { regular: '', bold: 'bold ', italic: 'italic ' };

let ready: Promise<Tools> | undefined;

/**
 * PNG pictures 1080 pixels wide, at most 2400 high and 1,000,000 bytes large, in the order of the tables; at least one for each.
 * The same tables always give the same bytes. Throws when the fonts or the drawing library are missing.
 */
export async function drawPictures(sheets: readonly Sheet[]): Promise<readonly Uint8Array[]> {
  const tools = await prepared();
  let drawn: readonly Uint8Array[] = [];
  for (const height of HEIGHTS) {
    drawn = await drawAll(planPictures(sheets, tools.metrics, height), tools);
    if (drawn.every(({ length }) => length <= MOST_BYTES)) break;
  }
  return drawn;
}

/** One is compressed in the background while the next is drawn. */
async function drawAll(pictures: readonly Picture[], { canvas }: Tools): Promise<readonly Uint8Array[]> {
  const encoded: Promise<Uint8Array>[] = [];
  for (const picture of pictures) {
    encoded.push(encodePng(pixelsOf(picture, canvas), WIDTH, Object.values(COLOURS)));
    // The bot answers others in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return Promise.all(encoded);
}

function pixelsOf({ height, blocks }: Picture, { createCanvas }: Canvas): Uint32Array {
  const canvas = createCanvas(WIDTH, height);
  const context = canvas.getContext('2d');
  context.fillStyle = COLOURS.paper;
  context.fillRect(0, 0, WIDTH, height);
  let top = 0;
  for (const block of blocks) {
    drawBlock(context, block, top);
    top += block.height;
  }
  const { buffer, byteOffset, byteLength } = canvas.data();
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

function drawBlock(context: SKRSContext2D, block: Block, top: number): void {
  if (block.fill) {
    context.fillStyle = COLOURS[block.fill];
    context.fillRect(0, top, WIDTH, block.height);
  }
  for (const field of block.fields) {
    context.fillStyle = COLOURS[field.colour];
    context.beginPath();
    context.roundRect(field.left, top + field.top, field.width, field.height, field.radius);
    context.fill();
  }
  for (const line of block.lines) {
    const { text, font, colour, align, left, width } = line;
    context.font = `${STYLES[font.face]}${font.size}px "${FAMILY}"`;
    context.fillStyle = COLOURS[colour];
    context.textAlign = align;
    const x = left + { left: 0, center: width / 2, right: width }[align];
    context.fillText(text, x, top + line.top + baseline(font));
  }
}

function prepared(): Promise<Tools> {
  ready ??= prepare().catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

async function prepare(): Promise<Tools> {
  const [canvas, metrics] = await Promise.all([import('@napi-rs/canvas'), loadMetrics()]);
  for (const file of Object.values(FONT_FILES))
    if (!canvas.GlobalFonts.registerFromPath(file, FAMILY))
      throw new Error(`cannot draw with the font ${file}`);
  return { canvas, metrics };
}

// Draws the tables of a report as PNG pictures that a phone shows at a readable size.
import type { Sheet } from './layout.ts';
import { WIDTH } from './picture-block.ts';
import { FONT_FILES, loadMetrics, type Metrics } from './picture-font.ts';
import { type Picture, planPictures } from './picture-plan.ts';
import { encodePng } from './picture-png.ts';
import { rasterOf } from './picture-raster.ts';
import { PALETTE } from './picture-shades.ts';
import { type Stamper, stamperOf } from './picture-stamp.ts';

type Tools = { readonly stamper: Stamper; readonly metrics: Metrics };

/** What Zalo takes. */
const MOST_BYTES = 1_000_000;
/** Tried from the highest; a picture of the last height cannot be larger than that, whatever is on it. */
const HEIGHTS = [2400, 1600, 900] as const;
/** A name that no font of the machine has. */
const FAMILY = 'Chitieu Bot Serif';

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
async function drawAll(pictures: readonly Picture[], { stamper }: Tools): Promise<readonly Uint8Array[]> {
  const encoded: Promise<Uint8Array>[] = [];
  for (const picture of pictures) {
    encoded.push(encodePng(rasterOf(picture, stamper), WIDTH, PALETTE));
    // The bot answers others in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return Promise.all(encoded);
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
  return { stamper: stamperOf(canvas, metrics, FAMILY), metrics };
}

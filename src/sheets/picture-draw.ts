// Draws what was laid out as PNG pictures: letters and colours in, bytes out, no picture larger than a chat takes.
import { FONT_FILES, loadMetrics, type Metrics } from './picture-font.ts';
import { WIDTH } from './picture-look.ts';
import { encodePng } from './picture-png.ts';
import { rasterOf, type Strips } from './picture-raster.ts';
import type { Shades } from './picture-shades.ts';
import { type Stamper, stamperOf } from './picture-stamp.ts';

type Tools = { readonly metrics: Metrics; readonly stamperFor: (shades: Shades) => Stamper };

/** What Zalo takes. */
const MOST_BYTES = 1_000_000;
/** Tried from the highest; a picture of the last height cannot be larger than that, whatever is on it. */
const HEIGHTS = [2400, 1600, 900] as const;
/** A name that no font of the machine has. */
const FAMILY = 'Chitieu Bot Serif';

let ready: Promise<Tools> | undefined;

/**
 * The pictures that `plan` lays out, none higher than it was told and none larger than 1,000,000 bytes, as PNG files 1080 pixels
 * wide. The same plan always gives the same bytes. Throws when the fonts or the drawing library are missing.
 */
export async function drawPlanned(
  plan: (metrics: Metrics, highest: number) => readonly Strips[],
  shades: Shades,
): Promise<readonly Uint8Array[]> {
  const { metrics, stamperFor } = await prepared();
  let drawn: readonly Uint8Array[] = [];
  for (const height of HEIGHTS) {
    drawn = await drawAll(plan(metrics, height), stamperFor(shades), shades);
    if (drawn.every(({ length }) => length <= MOST_BYTES)) break;
  }
  return drawn;
}

/** One is compressed in the background while the next is drawn. */
async function drawAll(
  pictures: readonly Strips[],
  stamper: Stamper,
  shades: Shades,
): Promise<readonly Uint8Array[]> {
  const encoded: Promise<Uint8Array>[] = [];
  for (const picture of pictures) {
    encoded.push(encodePng(rasterOf(picture, stamper, shades), WIDTH, shades.palette));
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
  const stampers = new Map<Shades, Stamper>();
  const stamperFor = (shades: Shades): Stamper => {
    const stamper = stampers.get(shades) ?? stamperOf(canvas, metrics, { family: FAMILY, shades });
    stampers.set(shades, stamper);
    return stamper;
  };
  return { metrics, stamperFor };
}

// The palette of the pictures: every colour, and between a colour and what lies below it the shades of a letter's edge. Pure.
import { COLOURS, type Colour } from './picture-block.ts';

/** From the ground (0) to the colour upon it (the last): more are not told apart on edges of letters. */
export const SHADES = 16;

/** What may lie upon what. */
const PAIRS: Readonly<Partial<Record<Colour, readonly Colour[]>>> = {
  paper: ['ink', 'quiet', 'note', 'navy', 'missing', 'missingEdge'],
  navy: ['onNavy', 'noteOnNavy'],
  group: ['navy', 'quiet', 'note'],
  missingEdge: ['missing'],
  missing: ['onMissing'],
};

type Rgb = readonly [red: number, green: number, blue: number];
/** The colour at every index; those of large areas stand first, in the order of COLOURS, as they are. */
export const PALETTE: readonly Rgb[] = paletteOf();

const NAMES = Object.keys(COLOURS) as readonly Colour[];
export const indexOf = (colour: Colour): number => NAMES.indexOf(colour);
const RAMPS = rampsOf();

/** Undefined for a shade in between. */
export const colourAt = (index: number): Colour | undefined => NAMES[index];

/** The palette's indexes of all shades from `ground` to `colour`. Throws for two that never meet. */
export function shadesOf(ground: Colour, colour: Colour): Uint8Array {
  const ramp = RAMPS.get(`${ground} ${colour}`);
  if (!ramp) throw new Error(`there are no shades of ${colour} on ${ground}`);
  return ramp;
}

export function rgbOf(colour: Colour): Rgb {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(COLOURS[colour].slice(at, at + 2), 16),
  );
  return [red, green, blue];
}

function pairs(): (readonly [ground: Colour, colour: Colour])[] {
  const grounds = Object.entries(PAIRS) as [Colour, readonly Colour[]][];
  return grounds.flatMap(([ground, colours]) => colours.map((colour) => [ground, colour] as const));
}

function paletteOf(): Rgb[] {
  const between = pairs().flatMap(([ground, colour]) => {
    const [from, to] = [rgbOf(ground), rgbOf(colour)];
    const mixed = (part: 0 | 1 | 2, level: number): number =>
      Math.round(from[part] + ((to[part] - from[part]) * level) / (SHADES - 1));
    return Array.from(
      { length: SHADES - 2 },
      (_, n): Rgb => [mixed(0, n + 1), mixed(1, n + 1), mixed(2, n + 1)],
    );
  });
  return [...(Object.keys(COLOURS) as Colour[]).map(rgbOf), ...between];
}

function rampsOf(): ReadonlyMap<string, Uint8Array> {
  return new Map(
    pairs().map(([ground, colour], n) => {
      const first = NAMES.length + n * (SHADES - 2);
      const between = Array.from({ length: SHADES - 2 }, (_, level) => first + level);
      return [`${ground} ${colour}`, Uint8Array.from([indexOf(ground), ...between, indexOf(colour)])];
    }),
  );
}

// The palettes of the pictures: every colour, and between a colour and what lies below it the shades of a letter's edge. Pure.
import { COLOURS, type Colour } from './picture-look.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** The at most 256 colours of one kind of picture. */
export type Shades = {
  /** The colour at every index; those of large areas stand first, as they are. */
  readonly palette: readonly Rgb[];
  /** From the ground (0) to the colour upon it (the last). */
  readonly steps: number;
  readonly indexOf: (colour: Colour) => number;
  /** Undefined for a shade in between. */
  readonly colourAt: (index: number) => Colour | undefined;
  /** The palette's indexes of all shades from `ground` to `colour`. Throws for two that never meet. */
  readonly between: (ground: Colour, colour: Colour) => Uint8Array;
};

/** `upon`: what may lie upon what; `plain`: colours that have no round corners and no letters on them. */
type Palette = {
  readonly steps: number;
  readonly upon: Readonly<Partial<Record<Colour, readonly Colour[]>>>;
  readonly plain: readonly Colour[];
};

/** The palette made of these colours and what lies between them. Throws when they are too many. */
export function shadesFor({ steps, upon, plain }: Palette): Shades {
  const pairs = (Object.entries(upon) as [Colour, readonly Colour[]][]).flatMap(([ground, colours]) =>
    colours.map((colour) => [ground, colour] as const),
  );
  const used = new Set<Colour>([...plain, ...pairs.flat()]);
  const names = (Object.keys(COLOURS) as Colour[]).filter((colour) => used.has(colour));
  const palette = [...names.map(rgbOf), ...pairs.flatMap((pair) => mixtures(pair, steps))];
  if (palette.length > 256) throw new Error(`a palette of ${palette.length} colours`);
  const indexOf = (colour: Colour): number => names.indexOf(colour);
  const ramps = new Map(
    pairs.map(([ground, colour], n) => {
      const first = names.length + n * (steps - 2);
      const inside = Array.from({ length: steps - 2 }, (_, level) => first + level);
      return [`${ground} ${colour}`, Uint8Array.from([indexOf(ground), ...inside, indexOf(colour)])];
    }),
  );
  const between = (ground: Colour, colour: Colour): Uint8Array => {
    const ramp = ramps.get(`${ground} ${colour}`);
    if (!ramp) throw new Error(`there are no shades of ${colour} on ${ground}`);
    return ramp;
  };
  return { palette, steps, indexOf, colourAt: (index) => names[index], between };
}

function mixtures([ground, colour]: readonly [Colour, Colour], steps: number): Rgb[] {
  const [from, to] = [rgbOf(ground), rgbOf(colour)];
  const mixed = (part: 0 | 1 | 2, level: number): number =>
    Math.round(from[part] + ((to[part] - from[part]) * level) / (steps - 1));
  return Array.from({ length: steps - 2 }, (_, n) => [mixed(0, n + 1), mixed(1, n + 1), mixed(2, n + 1)]);
}

export function rgbOf(colour: Colour): Rgb {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(COLOURS[colour].slice(at, at + 2), 16),
  );
  return [red, green, blue];
}

// The codes of a choice, as its unit cell lists them: "Có = 1 Không = 0".

/**
 * Every code on a line of its own, never broken at its "="; nothing but white space changes. The forms themselves print them below
 * each other, but not all of them say where a line ends ("Có = 1Không = 0", "2 cấp = 1 3 cấp = 2").
 */
export const codeLines = (unit: string): string =>
  unit
    .replace(/(?<==\s*\d+[;,.]?)(?:\s+(?=\S)|(?=\p{L}))/gu, '\n')
    .replace(/\s*=\s*/g, (sign) => sign.replace(/\s+/g, '\u00a0'));

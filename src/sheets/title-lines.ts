// How the lines of a title end: no period is torn apart, and no one or two words are left alone on the last line. Pure.

/** "QUÝ III NĂM 2022", "6 tháng đầu năm 2024", "Quí I/2023"; then "số 12", "ngày …/" and the like. */
const PERIOD = /(?:qu[ýí] [IVX]+ |\d+ tháng (?:đầu )?|tháng \d+ )?năm \d{4}/giu;
const PAIR = /(?<=(?:năm|tháng|quý|quí|ngày|số)) (?=[\dIVX/])|(?<=\d) (?=tháng)/giu;

/** The text with no-break spaces inside what is not read apart. */
export const periodsWhole = (text: string): string =>
  text.replace(PERIOD, (period) => period.replaceAll(' ', '\u00a0')).replace(PAIR, '\u00a0');

/** The same number of lines as `breakInto` makes of a text at this width, about equally long. */
export function evenLines(
  text: string,
  width: number,
  breakInto: (text: string, width: number) => string[],
): string[] {
  const lines = breakInto(text, width);
  if (lines.length < 2) return lines;
  let [tooNarrow, wide] = [0, width];
  while (wide - tooNarrow > width / 128) {
    const middle = (tooNarrow + wide) / 2;
    if (breakInto(text, middle).length > lines.length) tooNarrow = middle;
    else wide = middle;
  }
  return breakInto(text, wide);
}

// Breaks texts into lines: between words, and inside a word only where it is longer than a line. Pure.
import { drawable, type Font, type Metrics, textWidth } from './picture-font.ts';

/**
 * The lines of a text, none wider than `width` pixels; [] for nothing to read. An empty line stays one between others. A no-break
 * space joins words.
 */
export function linesOf(text: string, width: number, font: Font, metrics: Metrics): string[] {
  const paragraphs = drawable(text, metrics).split('\n');
  const lines = paragraphs.flatMap((paragraph) => {
    const own = paragraphLines(paragraph, width, font, metrics);
    return own.length > 0 ? own : [''];
  });
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}

function paragraphLines(paragraph: string, width: number, font: Font, metrics: Metrics): string[] {
  const space = textWidth(' ', font, metrics);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of paragraph.split(' ').flatMap((each) => pieces(each, width, font, metrics))) {
    const own = textWidth(word, font, metrics);
    if (line !== '' && used + space + own > width) {
      lines.push(line);
      line = '';
    }
    used = line === '' ? own : used + space + own;
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** A word in pieces that fit a line: broken at a no-break space, behind a sign in its second half, or between letters. */
function pieces(word: string, width: number, font: Font, metrics: Metrics): string[] {
  const found: string[] = [];
  let rest = word;
  while (textWidth(rest, font, metrics) > width) {
    const fitting = fittingLetters(rest, width, font, metrics);
    const space = rest.lastIndexOf('\u00a0', fitting);
    const sign = /^.*[/\-.,;:_?&=]/.exec(rest.slice(0, fitting))?.[0].length ?? 0;
    const cut = space > 0 ? space : sign > fitting / 2 ? sign : fitting;
    found.push(rest.slice(0, cut));
    rest = rest.slice(space > 0 ? cut + 1 : cut);
  }
  return rest === '' ? found : [...found, rest];
}

/** How many letters of a text fit; at least one. */
function fittingLetters(text: string, width: number, font: Font, metrics: Metrics): number {
  let used = 0;
  for (let n = 0; n < text.length; n++) {
    used += textWidth(text.charAt(n), font, metrics);
    if (used > width) return Math.max(1, n);
  }
  return text.length;
}

/** At most `most` lines; `ending` stands behind the text, also where it had to be cut. */
export function fewLines(
  text: string,
  { width, font, most, ending = '' }: { width: number; font: Font; most: number; ending?: string },
  metrics: Metrics,
): string[] {
  const behind = ending === '' ? '' : ` ${ending}`;
  const whole = linesOf(`${text}${behind}`, width, font, metrics);
  if (whole.length <= most) return whole;
  const kept = linesOf(text, width, font, metrics).slice(0, most);
  let last = kept.pop() ?? '';
  while (last !== '' && textWidth(`${last}…${behind}`, font, metrics) > width) last = last.slice(0, -1);
  return [...kept, `${last.trimEnd()}…${behind}`];
}

/** The end of a text in a single line: as many of its last words as fit behind a "…". */
export function lastWords(text: string, width: number, font: Font, metrics: Metrics): string {
  const words = drawable(text, metrics).split(/[ \n]+/);
  for (let n = 0; n < words.length; n++) {
    const line = `${n > 0 ? '… ' : ''}${words.slice(n).join(' ')}`;
    if (textWidth(line, font, metrics) <= width) return line;
  }
  return fewLines(words.at(-1) ?? '', { width, font, most: 1 }, metrics)[0] ?? '';
}

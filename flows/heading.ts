// Finding a heading of the form by its number or by words of it.
import { addressOf } from '../src/domain/progress.ts';
import type { Row, Template } from '../src/domain/template.ts';
import { fold } from '../src/domain/words.ts';

/** The headings with this number, else those with these words in their label. */
export function headingsNamed(template: Template, words: string): readonly Row[] {
  const typed = fold(words).replace(/^(muc|nhom|phan)\s+/, '');
  const headings = template.rows.filter(({ row }) => row !== 'indicator');
  const numbered = headings.filter((row) => fold(addressOf(template, row)) === typed);
  // Headings without a number stand under that of the heading above.
  const own = numbered.filter((row) => row.row === 'section' || /\d/.test(row.stt));
  if (numbered.length > 0) return own.length > 0 ? own : numbered;
  return headings.filter(({ label }) => typed.length > 2 && fold(label).includes(typed));
}

/** The only heading with this number or with these words in its label. */
export function headingNamed(template: Template, words: string): Row | undefined {
  const [only, other] = headingsNamed(template, words);
  return other ? undefined : only;
}

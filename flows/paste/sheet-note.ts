// The officer's own words in the note cell of a table that we handed out, without what we print there ourselves.
import type { Report } from '../../src/domain/report.ts';
import { clean } from '../../src/domain/words.ts';
import { EXPLAIN } from '../../src/text/submit.ts';

/** As printed for an answer that does not apply. */
const NOT_APPLICABLE = 'Không áp dụng';

/** `isOurs`: the file was made by us, so that such words are not the officer's. */
export function ownNote(note: string, report: Report, isOurs: boolean): string {
  const written = clean(note);
  if (!isOurs) return written;
  const given = [...Object.values(report.explanations), ...Object.values(report.overrides)];
  const printed = given.map(({ text }) => text.trim()).filter((text) => text !== '');
  const words = printed
    .map((text) => clean(EXPLAIN.printed(text)))
    .sort((one, other) => other.length - one.length)
    .reduce((left, each) => left.split(each).join(''), written);
  return (
    tidy(words)
      .replace(new RegExp(`^${NOT_APPLICABLE}(?:;\\s*|$)`), '')
      // A giải trình that was changed since the file was handed out.
      .replace(new RegExp(`(?:^|;\\s*)${EXPLAIN.printed('')}[\\s\\S]*$`), '')
      .trim()
  );
}

/** Without the separators of parts that were taken out. */
const tidy = (note: string): string =>
  note
    .replace(/;\s*(?=;|$)/g, '')
    .replace(/^\s*;\s*/, '')
    .trim();

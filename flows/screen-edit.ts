// A sent message that gave several values at once is edited.
import type { Indicator } from '../src/domain/template.ts';
import { SCREEN } from '../src/text/screen.ts';
import { askedHere } from './asked.ts';
import type { Opened, Outcome, Turn } from './flow.ts';
import { asPaste, readFor } from './screen-answer.ts';

/** The rows that one message answered, in its order; undefined when it answered one alone, or none. */
function rowsGivenBy(
  { report, template }: Opened,
  message: string,
): { rows: Indicator[]; of: number } | undefined {
  const given = template.indicators.flatMap((row) => {
    const from = report.answers[row.id]?.message;
    const place = from?.startsWith(`${message}#`) ? /#(\d+)\/(\d+)$/.exec(from) : null;
    return place ? [{ row, n: Number(place[1]), of: Number(place[2]) }] : [];
  });
  const rows = [...given].sort((a, b) => a.n - b.n).map(({ row }) => row);
  return given[0] && { rows, of: given[0].of };
}

/** A message that gave several values is edited: what it would change is shown first, where that can be told. */
export function correctedMany(
  opened: Opened,
  message: string,
  text: string,
  turn: Turn,
): Outcome | undefined {
  const given = rowsGivenBy(opened, message);
  if (!given) return undefined;
  const { rows, of } = given;
  const isFilling = askedHere(opened, turn) !== undefined;
  const read = rows.length === of && isFilling ? readFor(opened, rows, text, turn) : undefined;
  return read && read.is !== 'miscounted'
    ? asPaste(opened, rows, text, turn)
    : { say: [{ text: [SCREEN.edited(of)] }] };
}

// What a coordinator has gathered so far to give a report back, and how what is said adds to it.
import type { Message } from '../../src/domain/conversation.ts';
import type { ReturnPoint } from '../../src/domain/report.ts';
import { CHOICES } from '../../src/text/choices.ts';
import { RETURN } from '../../src/text/return.ts';
import type { At, Opened } from '../flow.ts';
import { isReason } from '../reasons.ts';
import type { ReturnLine } from './return-lines.ts';

export type Gathering = At<'return'>;

const MOST = { points: 20, line: 200, text: 500, kept: 10 };

/** The same with these lines still to be placed. */
export const withKept = (waiting: Gathering, kept: readonly string[]): Gathering => {
  const { kept: _, ...rest } = waiting;
  return kept.length > 0 ? { ...rest, kept } : rest;
};

/** Adds what was said about indicators; what cannot be one's reason is said and left out. */
export function taken(
  waiting: Gathering,
  opened: Opened,
  lines: readonly ReturnLine[],
): { say: readonly Message[]; go: Gathering } {
  const faults: Message[] = [];
  let next = waiting;
  for (const line of lines) {
    const fault = faultOf(next, line);
    if (fault === undefined) next = added(next, line);
    else faults.push({ text: [fault] });
  }
  return { say: faults, go: inOrder(next, opened) };
}

function faultOf({ points, text = '', kept = [] }: Gathering, line: ReturnLine): string | undefined {
  const words = line.is === 'unsure' ? line.line : line.text;
  if (!isReason(words)) return CHOICES.notReason(words);
  if (line.is === 'whole') return text.length + words.length >= MOST.text ? RETURN.tooLong : undefined;
  if (words.length > MOST.line) return RETURN.lineTooLong(words);
  const isNew = line.is === 'unsure' || !points.some(({ indicator }) => indicator === line.row.id);
  const full = points.length + kept.length >= MOST.points || kept.length >= MOST.kept;
  return isNew && full ? RETURN.tooMany(MOST.points) : undefined;
}

function added(waiting: Gathering, line: ReturnLine): Gathering {
  const { at, points, text, kept = [] } = waiting;
  switch (line.is) {
    case 'unsure':
      return { ...waiting, kept: [...kept, line.line] };
    case 'whole':
      return { ...waiting, text: text === undefined ? line.text : `${text}; ${line.text}` };
    case 'point': {
      const point: ReturnPoint = { indicator: line.row.id, text: line.text };
      const { at: _, ...rest } = waiting;
      const others = points.filter(({ indicator }) => indicator !== line.row.id);
      return {
        ...rest,
        ...(at === undefined || at === line.row.id ? {} : { at }),
        points: [...others, point],
      };
    }
  }
}

/** In the order of the form, as the officer will go through them. */
const inOrder = (waiting: Gathering, { template }: Opened): Gathering => ({
  ...waiting,
  points: template.indicators.flatMap((row) =>
    waiting.points.filter(({ indicator }) => indicator === row.id),
  ),
});

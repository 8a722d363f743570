// A message that was sent before and is edited afterwards.
import type { Event } from '../src/domain/event.ts';
import { fillsIn } from '../src/domain/people.ts';
import { FILL } from '../src/text/fill.ts';
import { answerTyped } from './fill.ts';
import { indicatorOf, type Outcome, openable, type Turn } from './flow.ts';
import { correctedMany } from './screen-edit.ts';

/** An edited message corrects the value that it gave. */
export function corrected(event: Extract<Event, { type: 'edited' }>, turn: Turn): Outcome {
  if (!fillsIn(turn.facts.person)) return { say: [{ text: [FILL.editedNothing] }] };
  const message = `${event.conversation}:${event.message}`;
  for (const opened of openable(turn.facts)) {
    const found = Object.entries(opened.report.answers).find(([, answer]) => answer.message === message);
    const indicator = found && indicatorOf(opened.template, found[0]);
    if (indicator) return answerTyped(opened, indicator, event, turn);
    const many = correctedMany(opened, message, event.text, turn);
    if (many) return many;
  }
  const doubt = turn.session.doubts.find((each) => each.message === event.message);
  const opened = doubt && openable(turn.facts).find((each) => each.report.id === doubt.report);
  const indicator = opened && indicatorOf(opened.template, doubt.indicator);
  return opened && indicator
    ? answerTyped(opened, indicator, event, turn)
    : { say: [{ text: [FILL.editedNothing] }] };
}

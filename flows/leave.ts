// Leaving: this person's links to conversations go; the figures and the audit trail stay with the unit.
import type { Person } from '../src/domain/people.ts';
import { ME } from '../src/text/menu.ts';
import { button } from './actions.ts';
import type { Flow, Outcome, Turn } from './flow.ts';
import { arrive } from './menu.ts';

export const leave: Flow<'leave'> = {
  prompt: () => [
    {
      text: [ME.confirmLeave],
      buttons: [[button(ME.confirm, 'leave', '', '', 'yes'), button(ME.stay, 'leave', '', '', 'no')]],
    },
  ],
  answer: (waiting, _input, turn) => ({ say: leave.prompt(waiting, turn.facts) }),
};

/** Answers to the question above, and the first press that asks it. */
export function leaving(arg: string, turn: Turn): Outcome {
  const { person } = turn.facts;
  if (arg === 'no' || !person) return arrive(turn.facts);
  if (arg !== 'yes' || turn.session.waiting.flow !== 'leave') return { go: { flow: 'leave' } };
  // The name is personal data: it goes when the person goes. The id stays, so that the audit trail still tells people apart.
  const gone: Person = { ...person, name: '', conversations: [], unreachable: [], leftAt: turn.facts.now };
  return {
    say: [{ text: [ME.left] }],
    changes: [{ type: 'person_set', person: gone }],
    person: null,
    doubts: [],
    go: { flow: 'register' },
  };
}

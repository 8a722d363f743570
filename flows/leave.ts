// Leaving, or being forgotten on demand: what is known of the person goes; the figures and the audit trail stay with the unit.
import { ME } from '../src/text/person.ts';
import { button, inWords } from './actions.ts';
import type { Facts, Flow, Outcome, Turn } from './flow.ts';
import { arrive } from './menu.ts';

export const leave: Flow<'leave'> = {
  prompt: () => [
    {
      text: [ME.confirmLeave],
      // No mark may stand for leaving: it cannot be taken back.
      buttons: [
        [button(ME.stay, 'leave', '', '', 'no'), inWords(button(ME.confirm, 'leave', '', '', 'yes'))],
      ],
    },
  ],
  answer: (waiting, _input, turn) => ({ say: leave.prompt(waiting, turn.facts) }),
};

/** Answers to the question above, and the first press that asks it. */
export function leaving(arg: string, turn: Turn): Outcome {
  const { person } = turn.facts;
  if (arg === 'no' || !person) return arrive(turn.facts);
  if (arg !== 'yes' || turn.session.waiting.flow !== 'leave') return { go: { flow: 'leave' } };
  return {
    say: [{ text: [ME.left] }],
    changes: [{ type: 'person_forgotten', person: person.id, at: turn.facts.now }],
    person: null,
    doubts: [],
    go: { flow: 'register' },
  };
}

/** The person asked the platform to have everything deleted: done without a word, for they no longer want to hear from us. */
export function forgotten({ person, now }: Facts): Outcome {
  if (!person) return {};
  return {
    changes: [{ type: 'person_forgotten', person: person.id, at: now }],
    person: null,
    doubts: [],
  };
}

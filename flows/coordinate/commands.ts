// The commands of those who look after many units: coordinators, and viewers as far as they only look.
import { COMMAND } from '../../src/text/menu.ts';
import type { Outcome, Turn } from '../flow.ts';
import { undelivered } from '../undelivered.ts';
import { showBoard } from './board.ts';
import { consolidated } from './consolidated.ts';
import { nudgeCommand } from './nudge.ts';
import { beginOpening } from './open-period.ts';
import { peopleCommand } from './people.ts';
import { listPeriods } from './periods.ts';
import { unitsCommand } from './units.ts';

/** `looks`: changes nothing, so that a viewer may ask it too. */
type OverseerCommand = {
  readonly looks?: true;
  readonly run: (argument: string, turn: Turn) => Outcome;
};

/** Every command by the word after the slash. */
const COMMANDS: Readonly<Record<string, OverseerCommand>> = {
  tiendo: { looks: true, run: showBoard },
  tonghop: { looks: true, run: (_, turn) => consolidated(turn) },
  nhac: { run: nudgeCommand },
  moky: { run: (_, turn) => beginOpening(turn) },
  ky: { looks: true, run: (_, turn) => listPeriods(turn) },
  donvi: { looks: true, run: unitsCommand },
  nguoi: { run: peopleCommand },
  chuagui: { run: (_, turn) => undelivered(turn.facts) },
};

export const isOverseerCommand = (word: string): boolean => Object.hasOwn(COMMANDS, word);

/** Runs one of them for whoever may; everybody else is told whose command it is. */
export function runOverseerCommand(word: string, argument: string, turn: Turn): Outcome {
  const command = COMMANDS[word];
  const role = turn.facts.person?.role;
  const may = role === 'coordinator' || (role === 'viewer' && command?.looks);
  return command && may ? command.run(argument, turn) : { say: [{ text: [COMMAND.coordinatorOnly] }] };
}

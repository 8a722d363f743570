// What one unit is written when its coordinator nudges it, and who of it can be reached.
import type { BoardRow } from '../../src/domain/board.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { type Person, reachedIn } from '../../src/domain/people.ts';
import { lines } from '../../src/text/common.ts';
import { NUDGE } from '../../src/text/nudge.ts';
import { button } from '../actions.ts';
import { type Facts, type Opened, openable } from '../flow.ts';
import { reminderMessage } from './remind.ts';

/** `to`: who gets it, and where; `away`: who ought to but cannot be written to. */
export type Letter = {
  readonly row: BoardRow;
  readonly to: readonly { readonly person: Person; readonly conversation: string }[];
  readonly away: readonly Person[];
  readonly message: Message;
};

/** The letters to these units, in their order. */
export function lettersTo(facts: Facts, rows: readonly BoardRow[]): readonly Letter[] {
  const all = openable(facts);
  return rows.map((row) => letterTo(facts, row, all));
}

/** A report that waits for approval is the leader's to move, every other one the officers'. */
function letterTo(facts: Facts, row: BoardRow, all: readonly Opened[]): Letter {
  const role = row.status === 'awaiting' ? 'leader' : 'officer';
  const people = facts.people.filter(
    (each) => each.unit === row.unit.id && each.role === role && each.leftAt === undefined,
  );
  const to = people.flatMap((person) => {
    const conversation = reachedIn(person);
    return conversation === undefined ? [] : [{ person, conversation }];
  });
  const away = people.filter((person) => reachedIn(person) === undefined);
  const opened = all.find(({ report }) => report.id === row.report);
  return { row, to, away, message: opened ? letter(facts, opened, all) : { text: [] } };
}

function letter(facts: Facts, opened: Opened, all: readonly Opened[]): Message {
  if (opened.report.status === 'awaiting') {
    const { template, campaign, unit, report } = opened;
    const open = button(NUDGE.toApproval, 'open', report.id);
    return { text: NUDGE.approve(template, campaign, unit, facts.timezone), buttons: [[open]] };
  }
  const among = all.filter(({ unit }) => unit.id === opened.unit.id);
  const reminder = reminderMessage(opened, among, facts.now, facts.timezone);
  return { ...reminder, text: lines(NUDGE.from, reminder.text) };
}

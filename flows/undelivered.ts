// What could not be delivered, by name and with the reason, for the coordinator who looks after these people.
import { covers } from '../src/domain/campaign.ts';
import type { Held } from '../src/domain/channel-state.ts';
import type { Message, Text } from '../src/domain/conversation.ts';
import type { Person } from '../src/domain/people.ts';
import { lines } from '../src/text/common.ts';
import { UNDELIVERED } from '../src/text/undelivered.ts';
import type { Facts, Outcome } from './flow.ts';

/** So many lines keep a message short enough for a phone. */
const MOST_LISTED = 30;

/** `/chuagui`: everybody for whom something waits, and what is wrong with a channel. */
export function undelivered(facts: Facts): Outcome {
  const waiting = waitingFor(facts);
  const text = lines(
    ...facts.notices.map((notice): Text => [UNDELIVERED.notice(notice, facts.timezone)]),
    // A channel in trouble has said already that its messages wait.
    waiting.length > 0 || !facts.notices.some(({ kind }) => kind !== 'quota')
      ? UNDELIVERED.title(waiting.length)
      : undefined,
    ...waiting.slice(0, MOST_LISTED).map(({ person, held }): Text => {
      const unit = facts.units.find((each) => each.id === person.unit)?.name ?? person.unit;
      return UNDELIVERED.line(person, unit, held, facts.timezone);
    }),
    waiting.length > MOST_LISTED ? UNDELIVERED.more(waiting.length - MOST_LISTED) : undefined,
    waiting.length > 0 ? UNDELIVERED.foot : undefined,
  );
  return { say: [{ text }] };
}

/** One line for the board, only when there is something to say. */
export function undeliveredLine(facts: Facts): Message['text'] | undefined {
  const parts = facts.notices.map((notice) => UNDELIVERED.notice(notice, facts.timezone));
  const waiting = waitingFor(facts).length;
  if (waiting > 0) parts.push(UNDELIVERED.summary(waiting));
  return parts.length > 0 ? [parts.join('\n')] : undefined;
}

/** The people this coordinator looks after for whom messages are held, longest waiting first. */
function waitingFor(facts: Facts): { person: Person; held: Held }[] {
  return facts.held.flatMap((held) => {
    const person = facts.people.find((each) => each.id === held.person);
    return person && isOurs(person, facts) ? [{ person, held }] : [];
  });
}

const isOurs = (person: Person, { person: me, campaigns, units }: Facts): boolean =>
  me !== undefined &&
  (person.unit === me.unit || campaigns.some((campaign) => covers(me, person.unit, campaign, units)));

// The reminder that an officer gets, and putting it off to a chosen hour.

import { localTime } from '../../src/domain/clock.ts';
import type { Button, Message } from '../../src/domain/conversation.ts';
import { readLater } from '../../src/domain/read-later.ts';
import { isEditable } from '../../src/domain/report.ts';
import { reportWords } from '../../src/text/common.ts';
import { REMIND, SNOOZE } from '../../src/text/remind.ts';
import { button, commandButton } from '../actions.ts';
import { type Opened, type Outcome, openable, type Turn } from '../flow.ts';

/** After this hour nothing can be put off to two o'clock. */
const TWO_IS_NEAR = '13:00';
const MINUTE = 60_000;
const MOST_DAYS = 7;

/** What an officer is reminded of; `among`: the open periods of the unit, `now` an instant. */
export function reminderMessage(
  opened: Opened,
  among: readonly Pick<Opened, 'campaign' | 'template'>[],
  now: string,
  timezone: string,
): Message {
  const later: Button[] = [
    commandButton(REMIND.inTwoHours, '/nhaclai 2h'),
    ...(localTime(now, timezone).time < TWO_IS_NEAR ? [commandButton(REMIND.atTwo, '/nhaclai 14:00')] : []),
    commandButton(REMIND.tomorrow, '/nhaclai mai'),
  ];
  const key = `reminder:${opened.report.id}`;
  return {
    ...{ key, supersedes: key },
    text: REMIND.reminder(opened, reportWords(opened, among), now, timezone),
    buttons: [[button(REMIND.goOn(opened), 'open', opened.report.id)], later],
  };
}

/** `/nhaclai <hour>`: no scheduled reminder of the own unfinished reports before that hour, and one at that hour. */
export function snooze(words: string, { session, facts }: Turn): Outcome {
  const say = (text: string): Outcome => ({ say: [{ text: [text] }] });
  if (facts.person?.role !== 'officer') return say(SNOOZE.officerOnly);
  const unfinished = openable(facts).filter(({ report }) => isEditable(report));
  if (unfinished.length === 0) return say(SNOOZE.nothing);
  const until = readLater(words, facts.now, facts.timezone);
  if (until === undefined) return say(SNOOZE.usage);
  if (until <= Date.parse(facts.now)) return say(SNOOZE.past);
  if (until - Date.parse(facts.now) > MOST_DAYS * 24 * 60 * MINUTE) return say(SNOOZE.tooFar);
  const at = new Date(until).toISOString();
  const open = new Set(facts.campaigns.map(({ id }) => id));
  const others = Object.entries(session.snoozed ?? {}).filter(([id]) => open.has(id));
  return {
    ...say(SNOOZE.done(at, facts.timezone, unfinished.length)),
    snoozed: Object.fromEntries([...others, ...unfinished.map(({ campaign }) => [campaign.id, at])]),
  };
}

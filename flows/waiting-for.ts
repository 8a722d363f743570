// A figure that somebody else still has to give: parked with for whom or what one waits, and asked again when the hour has come.
import type { Message } from '../src/domain/conversation.ts';
import { readWaiting } from '../src/domain/read-waiting.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { lines, reportWords } from '../src/text/common.ts';
import { FILL, privacyRefused } from '../src/text/fill.ts';
import { WAITING_FOR } from '../src/text/waiting-for.ts';
import { button } from './actions.ts';
import { recordAnswer } from './answered.ts';
import { askForButton } from './assign/ask-for.ts';
import { type At, indicatorOf, type Opened, type Outcome, type Turn } from './flow.ts';

const MOST_CHARACTERS = 200;
const MOST_DAYS = 90;
const DAY = 24 * 3_600_000;

/** `/cho [whom or what] [until when]` for the indicator that is being asked: it counts as chưa có số liệu. */
export function waitFor(opened: Opened, waiting: At<'fill'>, words: string, turn: Turn): Outcome {
  const say = (text: string): Outcome => ({ say: [{ text: [text] }] });
  const { now, timezone } = turn.facts;
  const indicator = indicatorOf(opened.template, waiting.indicator);
  if (!indicator) return say(FILL.staleButton);
  const fault = privacyFault(words);
  if (fault) return say(privacyRefused(fault, 'nothing'));
  const waitsFor = readWaiting(words, now, timezone);
  const { what, until } = waitsFor;
  if (what.length > MOST_CHARACTERS) return say(WAITING_FOR.tooLong);
  if (until !== undefined && until <= now) return say(WAITING_FOR.past);
  if (until !== undefined && Date.parse(until) - Date.parse(now) > MOST_DAYS * DAY)
    return say(WAITING_FOR.tooFar);
  const isBare = what === '' && until === undefined;
  const outcome = recordAnswer(
    opened,
    indicator,
    { value: { is: 'pending' }, ...(isBare ? {} : { waitsFor }) },
    turn,
  );
  // A colleague's value stands there, and it is asked which is to stay.
  if (!outcome.changes) return outcome;
  const afterDue = until !== undefined && until > opened.campaign.due;
  const more = isBare ? WAITING_FOR.usage : WAITING_FOR.parked(waitsFor, now, timezone, afterDue);
  const [echoed, ...others] = outcome.say ?? [];
  if (!echoed) return outcome;
  const ask = { buttons: [...(echoed.buttons ?? []), ...askForButton(opened, indicator.id)] };
  const said = {
    ...echoed,
    text: lines(echoed.text, more),
    ...(ask.buttons.length > 0 && { ...ask, marks: 'coded' as const }),
  };
  return { ...outcome, say: [said, ...others] };
}

/** Asks again for a figure whose hour has come; undefined when nothing is waited for there any more. */
export function waitingMessage(
  opened: Opened,
  id: string,
  among: readonly Pick<Opened, 'campaign' | 'template'>[],
  timezone: string,
): Message | undefined {
  const { template, report } = opened;
  const indicator = indicatorOf(template, id);
  const waitsFor = report.answers[id]?.waitsFor;
  if (!indicator || !waitsFor) return undefined;
  const key = `waiting:${report.id}:${id}`;
  return {
    ...{ key, supersedes: key },
    text: WAITING_FOR.due(template, indicator, waitsFor, reportWords(opened, among), timezone),
    buttons: [[button(WAITING_FOR.enter, 'goTo', report.id, id)]],
  };
}

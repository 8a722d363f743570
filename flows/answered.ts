// A value is given: it is stored, echoed, checked at once, and the dialog goes on.
import type { Doubt, Message, Text } from '../src/domain/conversation.ts';
import type { Indicator } from '../src/domain/template.ts';
import { COLLEAGUE } from '../src/text/colleague.ts';
import { lines, periodWords, rowName } from '../src/text/common.ts';
import { echo, echoOther, FILL } from '../src/text/fill.ts';
import { REVIEW } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { askedNow } from './asked.ts';
import { askOver, codeOfValue, type Given, theirsAt } from './colleague.ts';
import { withoutDoubt } from './doubts.ts';
import { factsAfter } from './facts-after.ts';
import { warnings } from './findings.ts';
import { indicatorOf, type Opened, type Outcome, openReport, type Turn } from './flow.ts';
import { goOn } from './navigate.ts';
import { nextPasted } from './paste/paste-doubt.ts';
import { setAnswer } from './record.ts';
import { inPlace } from './screen-question.ts';

/**
 * Stores a value, echoes it (a tap changes the question it answers, see inPlace), says what the figures contradict, and goes on.
 * Where a colleague's value stands that this person has not seen, nothing is stored: it is asked which one is to stand (no
 * `changes` then).
 */
export function recordAnswer(opened: Opened, indicator: Indicator, given: Given, turn: Turn): Outcome {
  const asked = askOver(opened, indicator, given, turn);
  if (asked) return asked;
  const { answer, changes } = setAnswer(opened, indicator.id, given, turn);
  const after = openReport(factsAfter(turn.facts, changes), opened.report.id) ?? opened;
  const theirs = theirsAt(opened, indicator, answer.value, turn);
  const replaced = theirs && [FILL.replaced(theirs.name, theirs.value)];
  const here = askedNow(opened, indicator, turn);
  const said = lines(echo(indicator, answer), replaced);
  const echoed = here
    ? inPlace(opened, here, indicator, said, turn.session.asked)
    : elsewhere(opened, said, turn);
  const say = [echoed, ...warnings(turn.facts, opened, after, indicator.id)];
  return { ...settled(after, indicator, say, turn), changes };
}

/** An indicator has its value: what was asked back about it is settled, and the dialog goes on where that was the question. */
export function settled(after: Opened, indicator: Indicator, say: readonly Message[], turn: Turn): Outcome {
  const doubts = withoutDoubt(turn.session.doubts, after.report.id, indicator.id);
  const waiting = askedNow(after, indicator, turn);
  if (!waiting) return { say, doubts };
  // What a paste has left open comes before the next gap.
  const open = waiting.back === undefined ? nextPasted(turn.facts, after, doubts, indicator.id) : undefined;
  if (open) return { say: [...say, open.say], doubts, go: open.go, quiet: true };
  return { say, doubts, go: goOn(after, indicator, waiting) };
}

/** The value that the coordinator asked about is right: it is given once more, and the dialog goes on. */
export function keepValue(opened: Opened, indicator: Indicator, turn: Turn): Outcome | undefined {
  const value = opened.report.answers[indicator.id]?.value;
  return value && recordAnswer(opened, indicator, { value }, turn);
}

/** One of the readings of what was typed is stored, with all that came with it. */
export function takeReading(
  opened: Opened,
  indicator: Indicator,
  doubt: Doubt,
  n: number,
  turn: Turn,
): Outcome {
  const reading = doubt.readings[n];
  if (!reading) return { say: [{ text: [FILL.staleDoubt] }] };
  return recordAnswer(opened, indicator, givenBy(doubt, reading), turn);
}

function givenBy(doubt: Doubt, reading: Doubt['readings'][number]): Given {
  const { message, carried, waitsFor, over } = doubt;
  const note = reading.note ?? doubt.note;
  return {
    value: reading.value,
    ...(note ? { note } : {}),
    ...(message === undefined ? {} : { message }),
    ...(carried === undefined ? {} : { carried }),
    ...(waitsFor ? { waitsFor } : {}),
    ...(over === undefined ? {} : { over }),
  };
}

/** A colleague's value stays; nothing is stored. Where another one stands there by now, that is asked about. */
export function keepTheirs(opened: Opened, indicator: Indicator, doubt: Doubt, turn: Turn): Outcome {
  const theirs = theirsAt(opened, indicator, undefined, turn);
  if (theirs && codeOfValue(opened.report.answers[indicator.id]?.value) === doubt.over)
    return settled(opened, indicator, [{ text: COLLEAGUE.kept(indicator, theirs) }], turn);
  const [reading] = doubt.readings;
  const again = reading && askOver(opened, indicator, givenBy(doubt, reading), turn);
  return again ?? { say: [{ text: [FILL.staleDoubt] }] };
}

/** The echo of an answer to another question than the one being asked, if any is, and where the dialog stands. */
export function elsewhere(opened: Opened, echoed: Text, { session, facts }: Turn): Message {
  const { waiting } = session;
  const asking = waiting.flow === 'fill' ? openReport(facts, waiting.report) : undefined;
  const current =
    asking && waiting.flow === 'fill' ? indicatorOf(asking.template, waiting.indicator) : undefined;
  const other = asking && asking.report.id !== opened.report.id;
  const text = echoOther(
    echoed,
    asking && current ? rowName(asking.template, current) : undefined,
    other ? periodWords(opened.campaign, opened.template) : undefined,
  );
  return current ? { text } : { text, buttons: [[button(REVIEW.resume, 'open', opened.report.id)]] };
}

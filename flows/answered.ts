// A value is given: it is stored, echoed, checked at once, and the dialog goes on.
import type { Message, Text } from '../src/domain/conversation.ts';
import type { Answer, Value, WaitsFor } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { lines, periodWords, rowName, valueWords } from '../src/text/common.ts';
import { echo, echoOther, FILL } from '../src/text/fill.ts';
import { REVIEW } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { withoutDoubt } from './doubts.ts';
import { warnings } from './findings.ts';
import { factsAfter, indicatorOf, type Opened, type Outcome, openReport, type Turn } from './flow.ts';
import { goOn } from './navigate.ts';
import { nextPasted } from './paste/paste-doubt.ts';
import { questionKey } from './question.ts';
import { setAnswer } from './record.ts';

/** Stores a value, echoes it in the question's place, says what the figures contradict, and goes on. */
export function recordAnswer(
  opened: Opened,
  indicator: Indicator,
  given: { value: Value; note?: string; message?: string; carried?: string; waitsFor?: WaitsFor },
  turn: Turn,
): Outcome {
  const { answer, changes } = setAnswer(opened, indicator.id, given, turn);
  const after = openReport(factsAfter(turn.facts, changes), opened.report.id) ?? opened;
  const { waiting, doubts } = turn.session;
  const report = opened.report.id;
  const isCurrent =
    waiting.flow === 'fill' && waiting.report === report && waiting.indicator === indicator.id;
  const replaced = colleagues(opened, indicator, answer, turn);
  const key = questionKey(report, indicator.id);
  // Where a list or another message came after the question, an edit far above would go unseen.
  const echoed: Message = isCurrent
    ? {
        text: lines(echo(indicator, answer), replaced),
        ...(turn.session.asked === key ? { replaces: key } : {}),
      }
    : elsewhere(opened, lines(echo(indicator, answer), replaced), turn);
  const left = withoutDoubt(doubts, report, indicator.id);
  const say = [echoed, ...warnings(turn.facts, opened, after, indicator.id)];
  // What a paste has left open comes before the next gap.
  const open =
    isCurrent && waiting.back === undefined ? nextPasted(turn.facts, after, left, indicator.id) : undefined;
  if (open) return { say: [...say, open.say], changes, doubts: left, go: open.go, quiet: true };
  return { say, changes, doubts: left, ...(isCurrent ? { go: goOn(after, indicator, waiting) } : {}) };
}

/** The value that the coordinator asked about is right: it is given once more, and the dialog goes on. */
export function keepValue(opened: Opened, indicator: Indicator, turn: Turn): Outcome | undefined {
  const value = opened.report.answers[indicator.id]?.value;
  return value && recordAnswer(opened, indicator, { value }, turn);
}

/** What a colleague had written there: this person may not have seen it, so nobody's figure is replaced in silence. */
function colleagues(opened: Opened, indicator: Indicator, answer: Answer, { facts }: Turn): Text | undefined {
  const was = opened.report.answers[indicator.id];
  if (!was?.value || was.by === answer.by) return undefined;
  const [before, now] = [was.value, answer.value].map((each) => each && valueWords(each, indicator));
  const name = facts.people.find((each) => each.id === was.by)?.name;
  return before === undefined || before === now ? undefined : [FILL.replaced(name, before)];
}

/** The echo of an answer to another question than the one being asked, if any is, and where the dialog stands. */
function elsewhere(opened: Opened, echoed: Text, { session, facts }: Turn): Message {
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

// Answers to several indicators on one screen: a tap for one of them, or a value for each of them typed at once.

import type { Doubt } from '../src/domain/conversation.ts';
import type { Value } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { lines } from '../src/text/common.ts';
import { echo, FILL } from '../src/text/fill.ts';
import { SCREEN } from '../src/text/screen.ts';
import { button } from './actions.ts';
import { elsewhere, settled } from './answered.ts';
import { askedHere, askedNow } from './asked.ts';
import { askOver } from './colleague.ts';
import { contextOf } from './context.ts';
import { doubtId, doubtNamed, withDoubt, withoutDoubt } from './doubts.ts';
import { factsAfter } from './facts-after.ts';
import { warnings } from './findings.ts';
import { type At, indicatorOf, type Opened, type Outcome, openReport, type Turn } from './flow.ts';
import { contradictions } from './paste/paste-store.ts';
import { questionKey } from './question.ts';
import { begun, setAnswer } from './record.ts';
import { kindOf, openShown, readList, rowsShown, tokensOf } from './screen.ts';
import { askAt, chosenLines, inPlace, placeKey } from './screen-question.ts';

/** A code is tapped on a screen that still stands: it is stored, and the screen changes in its place. undefined: it does not stand. */
export function pressedOnScreen(
  opened: Opened,
  indicator: Indicator,
  value: Value,
  turn: Turn,
): Outcome | undefined {
  const { waiting, asked } = turn.session;
  if (waiting.flow !== 'fill' || waiting.report !== opened.report.id || kindOf(indicator) !== 'choices')
    return undefined;
  const rows = rowsShown(opened, waiting);
  if (!rows.some(({ id }) => id === indicator.id) || askOver(opened, indicator, { value }, turn))
    return undefined;
  const { changes } = setAnswer(opened, indicator.id, { value }, turn);
  const facts = factsAfter(turn.facts, changes);
  const after = openReport(facts, waiting.report) ?? opened;
  const doubts = withoutDoubt(turn.session.doubts, waiting.report, indicator.id);
  const key = placeKey(waiting);
  const replaces = asked === key ? { replaces: key } : {};
  const [next] = rows.filter(({ id }) => after.report.answers[id]?.value === undefined);
  const chosen = rows.map(({ id }) => id).filter((id) => after.report.answers[id]?.value !== undefined);
  const found = warnings(turn.facts, opened, after, indicator.id);
  if (next && found.length === 0) {
    const go: At<'fill'> = { ...waiting, indicator: next.id, chosen };
    return { say: [{ ...askAt(facts, after, go, next), ...replaces }], changes, doubts, go, quiet: true };
  }
  const say = [{ text: lines(...chosenLines(after, chosen)), ...replaces }, ...found];
  return next
    ? { say, changes, doubts, go: { flow: 'fill', report: waiting.report, indicator: next.id } }
    : { ...settled(after, indicator, say, turn), changes };
}

/** A value for each indicator that waits on the screen, typed at once; undefined when the words are an answer of another kind. */
export function typedOnScreen(
  opened: Opened,
  waiting: At<'fill'>,
  input: { text: string; message?: string },
  turn: Turn,
): Outcome | undefined {
  const rows = openShown(opened, waiting);
  if (rows.length < 2) return undefined;
  const read = readFor(opened, rows, input.text, turn);
  switch (read?.is) {
    case undefined:
      return undefined;
    case 'miscounted':
      return { say: [{ text: [SCREEN.miscounted(input.text, read.count, rows.length)] }] };
    case 'unsure':
      return asPaste(opened, rows, input.text, turn);
    case 'meant':
      return askWhich(opened, rows, input, read, turn);
    case 'plain':
      return store(opened, rows, read.values, input, turn);
  }
}

/** The words as one value for each of these rows, read as if each were typed alone. */
export const readFor = (opened: Opened, rows: readonly Indicator[], typed: string, { facts }: Turn) =>
  readList(typed, rows, (row) => contextOf(facts, opened, row));

/** Each value is shown at its row as a paste is, and nothing is stored before a tap. */
export const asPaste = (opened: Opened, rows: readonly Indicator[], typed: string, turn: Turn): Outcome => ({
  say: [{ text: [SCREEN.unsure(typed)] }],
  go: {
    flow: 'paste',
    report: opened.report.id,
    section: rows[0]?.section ?? '',
    indicator: askedHere(opened, turn)?.indicator ?? rows[0]?.id ?? '',
    text: tokensOf(typed).join('\n'),
    chosen: { at: Object.fromEntries(rows.map(({ id }, n) => [n + 1, id])) },
  },
});

/** One value or several, or words that are not quite certain: asked, with the words kept until the tap. */
function askWhich(
  opened: Opened,
  rows: readonly Indicator[],
  { text, message }: { text: string; message?: string },
  { values, one }: { values: readonly Value[]; one?: Doubt['readings'][number] },
  turn: Turn,
): Outcome {
  const [first] = rows;
  if (!first) return {};
  const report = opened.report.id;
  const doubt: Doubt = {
    id: doubtId(turn),
    report,
    indicator: first.id,
    typed: text,
    readings: one ? [one] : [],
    screen: rows.map(({ id }) => id),
    ...(message === undefined ? {} : { message }),
  };
  return {
    say: [
      {
        text: SCREEN.which(text, rows, values, one !== undefined),
        buttons: [
          [button(SCREEN.storeAll(rows, values), 'screen', report, first.id, doubt.id)],
          ...(one
            ? [[button(SCREEN.storeOne(first, one.value), 'take', report, first.id, `${doubt.id}.0`)]]
            : []),
        ],
        key: questionKey(report, first.id),
      },
    ],
    doubts: withDoubt(turn.session.doubts, doubt),
  };
}

/** The tap that says the words were a value for each row. */
export function takeList(opened: Opened, indicator: Indicator, id: string, turn: Turn): Outcome {
  const doubt = doubtNamed(opened, indicator, id, turn);
  const rows = (doubt?.screen ?? []).flatMap((row) => indicatorOf(opened.template, row) ?? []);
  const read = doubt && readFor(opened, rows, doubt.typed, turn);
  if (!doubt || (read?.is !== 'plain' && read?.is !== 'meant')) return { say: [{ text: [FILL.staleDoubt] }] };
  const { typed: text, message } = doubt;
  return store(opened, rows, read.values, { text, ...(message === undefined ? {} : { message }) }, turn);
}

/** One value for each row, all of them as one step; where a value stands by now, it is shown and asked first. */
function store(
  opened: Opened,
  rows: readonly Indicator[],
  values: readonly Value[],
  { text, message }: { text: string; message?: string },
  turn: Turn,
): Outcome {
  const [first] = rows;
  if (!first) return {};
  if (rows.some(({ id }) => opened.report.answers[id]?.value !== undefined))
    return asPaste(opened, rows, text, turn);
  const set = rows.flatMap((row, n) => {
    const value = values[n];
    const from = message === undefined ? {} : { message: manyMessage(message, n, rows.length) };
    return value ? [{ row, ...setAnswer(opened, row.id, { value, ...from }, turn) }] : [];
  });
  const changes = [
    ...begun(opened),
    ...set.flatMap((each) => each.changes.filter(({ type }) => type === 'answer_set')),
  ];
  const after = openReport(factsAfter(turn.facts, changes), opened.report.id) ?? opened;
  const echoed = lines(...set.map(({ row, answer }) => echo(row, answer)));
  const here = askedNow(opened, first, turn);
  const said = here
    ? inPlace(opened, here, first, echoed, turn.session.asked)
    : elsewhere(opened, echoed, turn);
  const say = [said, ...contradictions(opened, after, rows, turn)];
  const left = rows.reduce((all, { id }) => withoutDoubt(all, opened.report.id, id), turn.session.doubts);
  const settledTurn = { ...turn, session: { ...turn.session, doubts: left } };
  return { ...settled(after, first, say, settledTurn), changes };
}

/** How an answer names the message that gave several: "<id>#2/4". */
const manyMessage = (message: string, n: number, of: number): string => `${message}#${n + 1}/${of}`;

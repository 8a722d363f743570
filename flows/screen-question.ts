// Several indicators on one screen as a message: choices with a row of buttons each, counts in a list under the first question.

import type { Button, Message, Text } from '../src/domain/conversation.ts';
import type { Indicator } from '../src/domain/template.ts';
import { lines } from '../src/text/common.ts';
import { echo, questionHead } from '../src/text/fill.ts';
import { choicesScreen, countsScreen, SCREEN, type ScreenRow } from '../src/text/screen.ts';
import { button, readAction } from './actions.ts';
import { type At, type Facts, indicatorOf, type Opened, previousValue } from './flow.ts';
import { askIndicator, periodAmong, questionKey } from './question.ts';
import { kindOf, rowsShown } from './screen.ts';

/** The key of the message in which this place asks. */
export const placeKey = ({ report, indicator, screen }: At<'fill'>): string =>
  questionKey(report, screen?.[0] ?? indicator);

/** The question of a place: for its indicator alone, or with all that are shown with it. */
export function askAt(facts: Facts, opened: Opened, waiting: At<'fill'>, indicator: Indicator): Message {
  const question = askIndicator(facts, opened, indicator);
  const shown = rowsShown(opened, waiting);
  if (shown.length < 2) return question;
  const rows = shown.map((row) => rowOf(facts, opened, row, indicator));
  if (kindOf(indicator) === 'counts') return { ...question, text: countsScreen(question.text, rows) };
  const { template, report } = opened;
  const head = questionHead(
    template,
    report,
    indicator,
    periodAmong(facts, opened),
    opened.part !== undefined,
  );
  return {
    text: choicesScreen(head, rows),
    buttons: [...rows.map((row, n) => choiceButtons(report.id, row.indicator, n)), ...common(question)],
    key: placeKey(waiting),
  };
}

function rowOf(facts: Facts, opened: Opened, indicator: Indicator, current: Indicator): ScreenRow {
  const answer = opened.report.answers[indicator.id];
  const previous = previousValue(facts, opened, indicator.id);
  return {
    indicator,
    ...(answer && { answer }),
    ...(previous && { previous }),
    isCurrent: indicator.id === current.id,
  };
}

/** The text of the screen says what is typed instead. */
const choiceButtons = (report: string, indicator: Indicator, n: number): Button[] =>
  indicator.choices.map(({ code, label }) => ({
    ...button(SCREEN.choice(n + 1, label), 'choose', report, indicator.id, code),
    typed: '',
  }));

/** The buttons of the question for one indicator, without its codes. */
const common = ({ buttons = [] }: Message): Button[][] =>
  buttons
    .map((row) => row.filter(({ action }) => readAction(action)?.verb !== 'choose'))
    .filter((row) => row.length > 0);

/** What has been chosen on a screen so far, line by line. */
export const chosenLines = (opened: Opened, rows: readonly string[]): Text[] =>
  rows.flatMap((id) => {
    const indicator = indicatorOf(opened.template, id);
    const answer = opened.report.answers[id];
    return indicator && answer?.value ? [echo(indicator, answer)] : [];
  });

/**
 * What was answered, as a change of its question or of the doubt about it, below what was chosen on the same screen before; below
 * typed words it is said in front of the next question instead. Where another message came after the question (`asked`: the key of
 * the last one), it is always said anew: a change far above would go unseen.
 */
export function inPlace(
  opened: Opened,
  waiting: At<'fill'>,
  indicator: Indicator,
  echoed: Text,
  asked: string | undefined,
): Message {
  const screen = placeKey(waiting);
  const key = [screen, questionKey(waiting.report, indicator.id)].find((each) => each === asked);
  const above = key === screen ? chosenLines(opened, waiting.chosen ?? []) : [];
  return { text: lines(...above, echoed), ...(key === undefined ? {} : { replaces: key }) };
}

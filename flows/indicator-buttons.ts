// Buttons under a question or a doubt: what each does to the indicator it names.
import { canonical } from '../src/domain/canonical.ts';
import type { Value } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { FILL } from '../src/text/fill.ts';
import { NOTE } from '../src/text/note.ts';
import type { Verb } from './actions.ts';
import { keepTheirs, keepValue, recordAnswer, takeReading } from './answered.ts';
import { askedNow } from './asked.ts';
import { KEEP } from './colleague.ts';
import { takeComputed } from './computed-take.ts';
import { doubtNamed, ownWords, withoutDoubt } from './doubts.ts';
import type { Opened, Outcome, Turn } from './flow.ts';
import { goOn, goTo, skip } from './navigate.ts';
import { setAnswer } from './record.ts';
import { pointAbout } from './returned.ts';
import { pressedOnScreen, takeList } from './screen-answer.ts';
import { stale } from './stale.ts';

type OnIndicator = (opened: Opened, indicator: Indicator, arg: string, turn: Turn) => Outcome;

const empty =
  (value: Value): OnIndicator =>
  (opened, indicator, _arg, turn) =>
    tappedTwice(opened, indicator, value, turn) ?? recordAnswer(opened, indicator, { value }, turn);

/** So soon after the first tap another one on the same button means nothing else (ms). */
const SECOND_TAP = 5_000;

/** The second tap of a double one, when the first has recorded this value and the dialog has gone on: nothing is recorded again. */
function tappedTwice(opened: Opened, indicator: Indicator, value: Value, turn: Turn): Outcome | undefined {
  const { facts } = turn;
  const answer = opened.report.answers[indicator.id];
  const isSame =
    answer !== undefined &&
    answer.by === facts.person?.id &&
    canonical(answer.value) === canonical(value) &&
    Date.parse(facts.now) - Date.parse(answer.at) < SECOND_TAP;
  if (!isSame || askedNow(opened, indicator, turn)) return undefined;
  return { say: [{ text: FILL.tappedTwice(indicator, value) }] };
}

/** By verb; `arg` is what stood behind the indicator in the button. */
export const ON_INDICATOR: Partial<Record<Verb, OnIndicator>> = {
  choose: (opened, indicator, arg, turn) => {
    const choice = indicator.choices.find((each) => String(each.code) === arg);
    if (!choice) return stale;
    const value: Value = { is: 'choice', code: choice.code };
    return (
      tappedTwice(opened, indicator, value, turn) ??
      pressedOnScreen(opened, indicator, value, turn) ??
      recordAnswer(opened, indicator, { value }, turn)
    );
  },
  blank: empty({ is: 'blank' }),
  notApplicable: empty({ is: 'notApplicable' }),
  pending: empty({ is: 'pending' }),
  skip: (opened, indicator, _arg, turn) => {
    const asked = askedNow(opened, indicator, turn);
    return asked ? skip(opened, asked) : stale;
  },
  keep: (opened, indicator, _arg, turn) => {
    const asked = askedNow(opened, indicator, turn);
    return asked ? { go: goOn(opened, indicator, asked) } : stale;
  },
  keepPoint: (opened, indicator, arg, turn) => {
    const isThis = arg === String(opened.report.submissions.length) && pointAbout(opened, indicator);
    return (isThis ? keepValue(opened, indicator, turn) : undefined) ?? stale;
  },
  take: (opened, indicator, arg, turn) => {
    const [id = '', n = ''] = arg.split('.');
    const doubt = doubtNamed(opened, indicator, id, turn);
    if (!doubt) return { say: [{ text: [FILL.staleDoubt] }] };
    return n === KEEP
      ? keepTheirs(opened, indicator, doubt, turn)
      : takeReading(opened, indicator, doubt, Number(n), turn);
  },
  verbatim: (opened, indicator, arg, turn) => {
    const doubt = doubtNamed(opened, indicator, arg, turn);
    if (!doubt) return { say: [{ text: [FILL.staleDoubt] }] };
    const { text, note } = ownWords(doubt);
    const value: Value = { is: 'verbatim', text };
    const from = doubt.message === undefined ? {} : { message: doubt.message };
    return recordAnswer(opened, indicator, { value, ...(note ? { note } : {}), ...from }, turn);
  },
  asNote: (opened, indicator, arg, turn) => {
    const doubt = doubtNamed(opened, indicator, arg, turn);
    if (!doubt) return { say: [{ text: [FILL.staleDoubt] }] };
    const { changes, answer } = setAnswer(opened, indicator.id, { note: doubt.typed }, turn);
    const text = NOTE.saved(opened.template, indicator, doubt.typed);
    return {
      say: [{ text: answer.value ? text : [...text, '\n', NOTE.stillNeedsValue] }],
      changes,
      doubts: withoutDoubt(turn.session.doubts, opened.report.id, indicator.id),
    };
  },
  computed: takeComputed,
  screen: takeList,
  goTo: (opened, indicator, _arg, turn) => ({ go: goTo(opened, indicator.id, turn) }),
};

// What a coordinator sees at each step of opening a period.
import { planOf } from '../../src/domain/campaign.ts';
import { localTime } from '../../src/domain/clock.ts';
import type { Button, Message } from '../../src/domain/conversation.ts';
import type { PeriodDraft } from '../../src/domain/new-campaign.ts';
import { insteadOf, type Period, periodCode, periodName, usualCutoff } from '../../src/domain/period.ts';
import { suggestedPeriods } from '../../src/domain/read-period.ts';
import { lines, momentWords, periodWords } from '../../src/text/common.ts';
import { OPEN_PERIOD } from '../../src/text/open-period.ts';
import { planWords, settings, unitsWords, weekendWords, windowWords } from '../../src/text/period.ts';
import { button } from '../actions.ts';
import type { At, Facts, KnownForm } from '../flow.ts';
import { cutoffOf, formsOf, prepared } from './period-draft.ts';
import { emptyUnits, reachedOf } from './period-tell.ts';
import { candidates, chosenOf, leftOut } from './period-units.ts';

const on = (label: string, arg: string, row = ''): Button => button(label, 'openPeriod', '', row, arg);
const stop: Button = on(OPEN_PERIOD.stop, 'stop');

type Prompt = (draft: PeriodDraft, facts: Facts) => Message;

/** By what is asked. */
export const ASKS: Readonly<Record<At<'openPeriod'>['ask'], Prompt>> = {
  form: (_, facts) => ({
    text: [OPEN_PERIOD.askForm],
    buttons: [
      ...formsOf(facts).map((form) => [on(OPEN_PERIOD.form(form), 'form', `${form.id}@${form.version}`)]),
      [stop],
    ],
    marks: 'number',
  }),
  period: ({ form }, facts) => ({
    text: OPEN_PERIOD.askPeriod(knownForm(form, facts)),
    buttons: [
      ...suggestedPeriods(localTime(facts.now, facts.timezone).day).map((period) => [periodButton(period)]),
      [stop],
    ],
    marks: 'number',
  }),
  unusual: ({ period }) => unusual(period),
  units: unitsMessage,
  check: checkMessage,
  cutoff: (draft) => asking(OPEN_PERIOD.ask.cutoff(cutoffOf(draft))),
  due: (draft, facts) => asking(OPEN_PERIOD.ask.due(momentOf(prepared(draft, facts)?.campaign.due, facts))),
  passOn: (draft, facts) =>
    asking(OPEN_PERIOD.ask.passOn(momentOf(prepared(draft, facts)?.campaign.passOnBy, facts))),
  plan: (draft, facts) => {
    const ready = prepared(draft, facts);
    return asking(OPEN_PERIOD.ask.plan(ready ? planWords(planOf(ready.campaign)) : ''));
  },
};

const momentOf = (instant: string | undefined, { timezone }: Facts): string =>
  instant === undefined ? '' : momentWords(instant, timezone);

const knownForm = (form: PeriodDraft['form'], { templates }: Facts): KnownForm =>
  templates.find((each) => each.id === form?.id && each.version === form.version) ?? {
    ...{ id: form?.id ?? '', version: form?.version ?? 0 },
    ...{ name: form?.id ?? '', indicators: 0 },
  };

const periodButton = (period: Period): Button =>
  on(`${periodName(period)} (${OPEN_PERIOD.upTo(usualCutoff(period))})`, `period.${periodCode(period)}`);

/** A value is typed; the only choice is to leave it as it is. */
const asking = (text: string): Message => ({
  text: [text],
  buttons: [[on(OPEN_PERIOD.back, 'ask.check')]],
  marks: 'letter',
});

function unusual(period: Period | undefined): Message {
  const instead = period && insteadOf(period);
  if (!period || !instead) return { text: [OPEN_PERIOD.gone] };
  return {
    text: OPEN_PERIOD.unusual(period, instead, windowWords(instead, usualCutoff(instead))),
    buttons: [
      [on(OPEN_PERIOD.instead(instead), `period.${periodCode(instead)}`)],
      [on(OPEN_PERIOD.keepUnusual(period), `keep.${periodCode(period)}`)],
      [on(OPEN_PERIOD.otherPeriod, 'ask.period')],
    ],
    marks: 'number',
  };
}

function unitsMessage(draft: PeriodDraft, facts: Facts): Message {
  const among = candidates(facts, cutoffOf(draft));
  if (among.length === 0)
    return {
      text: [OPEN_PERIOD.noUnitsThen(cutoffOf(draft))],
      buttons: [
        [on(OPEN_PERIOD.change.cutoff, 'ask.cutoff'), on(OPEN_PERIOD.otherPeriod, 'ask.period')],
        [stop],
      ],
      marks: 'letter',
    };
  const chosen = chosenOf(draft.units, among);
  const kinds = [...new Set(among.map(({ kind }) => kind))].filter((kind) => kind !== '');
  return {
    text: OPEN_PERIOD.askUnits(among, chosen, leftOut(draft.units, among)),
    buttons: [
      ...(chosen.length > 0 ? [[on(OPEN_PERIOD.go(chosen.length), 'go')]] : []),
      ...(chosen.length < among.length ? [[on(OPEN_PERIOD.all(among.length), 'all')]] : []),
      ...(kinds.length > 1
        ? kinds.map((kind) => {
            const count = among.filter((each) => each.kind === kind).length;
            const isChosen = draft.units?.kinds?.includes(kind) ?? false;
            return [on(OPEN_PERIOD.kind(kind, count, isChosen), 'kind', kind)];
          })
        : []),
      [...(chosen.length > 0 ? [on(OPEN_PERIOD.clear, 'clear')] : []), stop],
    ],
    marks: 'letter',
  };
}

/** Everything that would be opened, with a button to change each; opening itself is bound to just this. */
function checkMessage(draft: PeriodDraft, facts: Facts): Message {
  const ready = prepared(draft, facts);
  if (!ready) return unitsMessage(draft, facts);
  const { campaign, template, units, doubled, digest } = ready;
  const { change } = OPEN_PERIOD;
  const words = { units: unitsWords(units), plan: planOf(campaign) };
  return {
    text: lines(
      OPEN_PERIOD.check(periodWords(campaign, template)),
      OPEN_PERIOD.formLine(knownForm(draft.form, facts)),
      settings(campaign, words, facts.timezone),
      weekendWords(campaign.due, facts.timezone),
      doubled.length > 0 ? OPEN_PERIOD.twin(doubled) : undefined,
      OPEN_PERIOD.willTell(reachedOf(facts, campaign.units).length, emptyUnits(facts, campaign.units).length),
    ),
    buttons: [
      [on(doubled.length > 0 ? OPEN_PERIOD.openTwin : OPEN_PERIOD.open, `open.${digest}`)],
      [on(change.due, 'ask.due'), on(change.passOn, 'ask.passOn')],
      [on(change.cutoff, 'ask.cutoff'), on(change.plan, 'ask.plan')],
      [on(change.units, 'ask.units'), on(change.period, 'ask.period')],
      [
        ...(facts.templates.length > 1 ? [on(change.form, 'ask.form')] : []),
        on(
          campaign.approval ? OPEN_PERIOD.approvalOff : OPEN_PERIOD.approvalOn,
          `approval.${campaign.approval ? 'off' : 'on'}`,
        ),
      ],
      [stop],
    ],
    marks: 'coded',
  };
}

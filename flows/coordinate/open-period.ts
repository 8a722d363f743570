// /moky: a coordinator opens a reporting period: form, period, units, then everything at a glance with a button to change each.
import { localTime } from '../../src/domain/clock.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { shortHash } from '../../src/domain/hash.ts';
import type { PeriodDraft } from '../../src/domain/new-campaign.ts';
import { insteadOf, type Period, parsePeriod } from '../../src/domain/period.ts';
import { readPeriod } from '../../src/domain/read-period.ts';
import { readPlan } from '../../src/domain/read-plan.ts';
import { clean, fold } from '../../src/domain/words.ts';
import { lines, periodWords } from '../../src/text/common.ts';
import { OPEN_PERIOD } from '../../src/text/open-period.ts';
import { MOMENT } from '../../src/text/period.ts';
import { button } from '../actions.ts';
import type { At, Facts, Flow, Outcome, Turn } from '../flow.ts';
import { ASKS } from './open-period-prompts.ts';
import { isStop } from './period-asks.ts';
import { cutoffOf, formsOf, prepared, withTyped } from './period-draft.ts';
import { emptyUnits, reachedOf, tellOpening } from './period-tell.ts';
import { candidates, choiceAfter, chosenOf, quoted, withKind } from './period-units.ts';

type Ask = At<'openPeriod'>['ask'];

export const openPeriod: Flow<'openPeriod'> = {
  prompt: ({ ask, draft }, facts) => [ASKS[ask](draft, facts)],
  answer: (waiting, input, turn) =>
    input.type === 'text' ? answer(waiting, clean(input.text), turn) : { say: [gone] },
};

const gone: Message = { text: [OPEN_PERIOD.gone] };
const home = { flow: 'coordinate', page: 0 } as const;
const stopped: Outcome = { say: [{ text: [OPEN_PERIOD.stopped] }], go: home, quiet: true };

/** The command itself: a new draft, with the only form where there is just one. */
export function beginOpening({ facts }: Turn): Outcome {
  const forms = formsOf(facts);
  const [only] = forms;
  if (!only) return { say: [{ text: [OPEN_PERIOD.noForms] }] };
  if (candidates(facts, localTime(facts.now, facts.timezone).day).length === 0)
    return { say: [{ text: [OPEN_PERIOD.noUnits] }] };
  return forms.length === 1 ? goOn({ form: { id: only.id, version: only.version } }) : ask('form', {});
}

const ask = (what: Ask, draft: PeriodDraft): Outcome => ({ go: { flow: 'openPeriod', ask: what, draft } });

/** To the first thing that is not settled yet, and to the check when everything is. */
function goOn(draft: PeriodDraft): Outcome {
  if (!draft.form) return ask('form', draft);
  if (!draft.period) return ask('period', draft);
  return ask(draft.units ? 'check' : 'units', draft);
}

const refused = (fault: string, { ask: what, draft }: At<'openPeriod'>, facts: Facts): Outcome => ({
  say: [{ text: [fault] }, ASKS[what](draft, facts)],
});

function answer(waiting: At<'openPeriod'>, text: string, turn: Turn): Outcome {
  const { ask: what, draft } = waiting;
  const { facts } = turn;
  if (isStop(text)) return stopped;
  switch (what) {
    case 'form': {
      const found = formsOf(facts).filter(({ name }) => fold(name).includes(fold(text)));
      const [only] = found;
      return text !== '' && only && found.length === 1
        ? goOn({ ...draft, form: { id: only.id, version: only.version } })
        : refused(OPEN_PERIOD.noForm(quoted(text)), waiting, facts);
    }
    case 'period':
    case 'unusual': {
      const period = readPeriod(text, localTime(facts.now, facts.timezone).day);
      return period ? withPeriod(draft, period) : refused(OPEN_PERIOD.noPeriod(quoted(text)), waiting, facts);
    }
    case 'units':
      return namedUnits(draft, text, facts);
    case 'cutoff':
    case 'due':
    case 'passOn': {
      const read = withTyped(draft, what, text, facts);
      return 'fault' in read ? refused(read.fault, waiting, facts) : goOn(read.draft);
    }
    case 'plan': {
      const plan = readPlan(text);
      return plan ? goOn({ ...draft, plan }) : refused(MOMENT.badPlan(quoted(text)), waiting, facts);
    }
    case 'check':
      // Where no unit is left of those that were chosen, units are what is asked.
      if (!prepared(draft, facts)) return namedUnits(draft, text, facts);
      return refused(OPEN_PERIOD.unclearHere, waiting, facts);
  }
}

function namedUnits(draft: PeriodDraft, text: string, facts: Facts): Outcome {
  const { choice, faults } = choiceAfter(draft.units ?? {}, text, candidates(facts, cutoffOf(draft)));
  const say = faults.length > 0 ? [{ text: lines(...faults) }] : [];
  return { say, ...ask('units', { ...draft, units: choice }) };
}

/** Another period has other days: those chosen for the one before fall away. */
function withPeriod({ form, units, plan, approval }: PeriodDraft, period: Period, isMeant = false): Outcome {
  const draft: PeriodDraft = {
    ...(form ? { form } : {}),
    ...(units ? { units } : {}),
    ...(plan ? { plan } : {}),
    ...(approval ? { approval } : {}),
    period,
  };
  return insteadOf(period) && !isMeant ? ask('unusual', draft) : goOn(draft);
}

/** A button of this conversation; one of a draft that is gone or was opened does nothing. */
export function pressOpening(arg: string, row: string, turn: Turn): Outcome {
  const { session, facts } = turn;
  const { waiting } = session;
  if (arg === 'begin') return beginOpening(turn);
  if (waiting.flow !== 'openPeriod') return { say: [gone] };
  const { draft } = waiting;
  const [verb = '', ...rest] = arg.split('.');
  const value = rest.join('.');
  const period = verb === 'period' || verb === 'keep' ? parsePeriod(value) : undefined;
  if (period) return withPeriod(draft, period, verb === 'keep');
  switch (verb) {
    case 'form': {
      const form = formsOf(facts).find((each) => shortHash(`${each.id}@${each.version}`) === row);
      return form ? goOn({ ...draft, form: { id: form.id, version: form.version } }) : { say: [gone] };
    }
    case 'all':
      return goOn({ ...draft, units: { all: true } });
    case 'kind': {
      const unit = candidates(facts, cutoffOf(draft)).find(({ kind }) => shortHash(kind) === row);
      return unit
        ? ask('units', { ...draft, units: withKind(draft.units ?? {}, unit.kind) })
        : { say: [gone] };
    }
    case 'clear':
      return ask('units', { ...draft, units: {} });
    case 'go':
      return withUnits(draft, facts);
    case 'ask':
      return isAsk(value) ? ask(value, draft) : { say: [gone] };
    case 'approval': {
      const { approval: _, ...without } = draft;
      return goOn(value === 'on' ? { ...without, approval: true } : without);
    }
    case 'stop':
      return stopped;
    case 'open':
      return open(draft, value, turn);
    default:
      return { say: [gone] };
  }
}

const isAsk = (word: string): word is Ask => Object.hasOwn(ASKS, word);

function withUnits(draft: PeriodDraft, facts: Facts): Outcome {
  const chosen = chosenOf(draft.units, candidates(facts, cutoffOf(draft)));
  return chosen.length > 0 ? goOn(draft) : ask('units', draft);
}

/** Opens what was shown with that button, and nothing else. */
function open(draft: PeriodDraft, digest: string, turn: Turn): Outcome {
  const { facts } = turn;
  const ready = prepared(draft, facts);
  if (!ready || ready.digest !== digest || ready.campaign.due <= facts.now)
    return { say: [{ text: [OPEN_PERIOD.changed] }], ...goOn(draft) };
  const { campaign, template } = ready;
  const tell = tellOpening(facts, campaign, campaign.units);
  const empty = emptyUnits(facts, campaign.units);
  const said: Message = {
    text: lines(
      OPEN_PERIOD.opened(
        periodWords(campaign, template),
        reachedOf(facts, campaign.units).length,
        campaign.units.length,
      ),
      empty.length > 0 ? OPEN_PERIOD.nobody(empty) : undefined,
    ),
    buttons: [
      [button(OPEN_PERIOD.see, 'period', campaign.id), button(OPEN_PERIOD.board, 'board', '', '', 0)],
    ],
    marks: 'coded',
  };
  return { say: [said], changes: [{ type: 'campaign_set', campaign }], tell, go: home, quiet: true };
}

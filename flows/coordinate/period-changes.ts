// A change to a period: what is missing of it is asked for, what will happen is shown, and only then it is made.
import { type Campaign, covers, manages } from '../../src/domain/campaign.ts';
import { canonical } from '../../src/domain/canonical.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { shortHash } from '../../src/domain/hash.ts';
import type { PeriodAct } from '../../src/domain/period-change.ts';
import type { Waiting } from '../../src/domain/waiting.ts';
import { clean } from '../../src/domain/words.ts';
import { PERIODS } from '../../src/text/periods.ts';
import { button } from '../actions.ts';
import type { At, Facts, Flow, Outcome, Turn } from '../flow.ts';
import { stale, staleMessage } from '../stale.ts';
import { isStop, missing, promptFor, take, unitsFor } from './period-asks.ts';
import { effectOf } from './period-effects.ts';

type Asked = At<'period'>;
const home: Waiting = { flow: 'coordinate', page: 0 };

export const isAct = (word: string): word is PeriodAct => Object.hasOwn(PERIODS.act, word);

/** A deadline of its own may be given by whoever decides about that unit; everything else by who looks after all of them. */
export function mayChange(what: PeriodAct, campaign: Campaign, facts: Facts, unit?: string): boolean {
  const { person, units } = facts;
  if (!person) return false;
  if (what !== 'extend') return person.role === 'coordinator' && manages(person, campaign, units);
  const asked = unit === undefined ? campaign.units : campaign.units.filter((each) => each === unit);
  return asked.some((each) => covers(person, each, campaign, units));
}

const campaignOf = ({ campaign }: Asked, facts: Facts): Campaign | undefined =>
  [...facts.campaigns, ...facts.closed].find(({ id }) => id === campaign);

/** Changes its settings, one after the other, in words; several may come in one line with ";" between. */
export const period: Flow<'period'> = {
  prompt: (waiting, facts) => {
    const campaign = campaignOf(waiting, facts);
    return [campaign ? asking(waiting, campaign, facts) : staleMessage];
  },
  answer: (waiting, input, { facts }) => {
    const campaign = campaignOf(waiting, facts);
    if (!campaign || input.type !== 'text') return { ...stale, go: home };
    let pieces = clean(input.text)
      .split(/\s*;\s*/)
      .filter((piece) => piece !== '');
    let at = waiting;
    if (isStop(input.text)) return stopped();
    if (!missing(at)) return { say: [asking(at, campaign, facts)] };
    while (pieces.length > 0 && missing(at)) {
      const taken = take(at, pieces, campaign, facts);
      if ('fault' in taken) return { say: [{ text: [taken.fault] }], go: at };
      at = taken.waiting;
      pieces = taken.rest;
    }
    return { go: at };
  },
};

/** The question that is open, or, when nothing is missing, what will happen and who is told. */
function asking(waiting: Asked, campaign: Campaign, facts: Facts): Message {
  const stop = button(PERIODS.stop, 'period', campaign.id, '', 'no');
  if (missing(waiting)) return promptFor(waiting, campaign, facts, stop);
  const effect = effectOf(waiting, campaign, facts);
  if ('fault' in effect) return { text: [effect.fault], buttons: [[stop]], marks: 'letter' };
  const yes = button(PERIODS.yes, 'period', campaign.id, '', `yes.${digestOf(waiting, campaign)}`);
  return { text: effect.shown, buttons: [[yes, stop]], marks: 'coded' };
}

/** Bound to what was shown and to the period as it was then. */
const digestOf = (waiting: Asked, { rev = 0 }: Campaign): string => shortHash(canonical([rev, waiting]));

/** Begins a change by its button. */
export function begin(campaign: Campaign, what: PeriodAct, { facts }: Turn): Outcome {
  if (!mayChange(what, campaign, facts)) return { say: [{ text: [PERIODS.notYours] }] };
  const isClosed = campaign.closedAt !== undefined;
  if (isClosed !== (what === 'reopen'))
    return { say: [{ text: [isClosed ? PERIODS.isClosed : PERIODS.isOpen] }] };
  if (what === 'add' && unitsFor('add', campaign, facts).length === 0)
    return { say: [{ text: [PERIODS.noneToAdd] }] };
  if (what === 'remove' && unitsFor('remove', campaign, facts).length === 0)
    return { say: [{ text: [PERIODS.noneToRemove] }] };
  const waiting: Asked = { flow: 'period', campaign: campaign.id, what };
  return { go: what === 'approval' ? { ...waiting, value: campaign.approval ? 'off' : 'on' } : waiting };
}

/** A unit chosen by its button, while a unit is asked for. */
export function pickUnit(campaign: Campaign, row: string, { session, facts }: Turn): Outcome {
  const { waiting } = session;
  if (waiting.flow !== 'period' || waiting.campaign !== campaign.id || missing(waiting) !== 'unit')
    return stale;
  const unit = unitsFor(waiting.what, campaign, facts).find(({ id }) => shortHash(id) === row);
  return unit ? { go: { ...waiting, unit: unit.id } } : stale;
}

export const stopped = (): Outcome => ({ say: [{ text: [PERIODS.stopped] }], go: home, quiet: true });

/** Makes the change that was shown with this button, and no other. */
export function confirmed(campaign: Campaign, digest: string, { session, facts }: Turn): Outcome {
  const { waiting } = session;
  if (waiting.flow !== 'period' || waiting.campaign !== campaign.id || missing(waiting))
    return { say: [{ text: [PERIODS.gone] }] };
  if (!mayChange(waiting.what, campaign, facts, waiting.unit))
    return { say: [{ text: [PERIODS.notYours] }], go: home, quiet: true };
  if (digestOf(waiting, campaign) !== digest)
    return { say: [{ text: [PERIODS.changed] }, asking(waiting, campaign, facts)] };
  const effect = effectOf(waiting, campaign, facts);
  if ('fault' in effect) return { say: [{ text: [effect.fault] }], go: home, quiet: true };
  const see = button(PERIODS.see, 'period', campaign.id);
  return {
    say: [{ text: effect.done, buttons: [[see]], marks: 'coded' }],
    changes: [{ type: 'campaign_set', campaign: effect.campaign, reason: waiting.reason ?? '' }],
    tell: effect.tell,
    go: home,
    quiet: true,
  };
}

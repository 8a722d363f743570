// What is still missing of a change to a period, how it is asked for, and how the words for it are read.
import { type Campaign, covers, planOf } from '../../src/domain/campaign.ts';
import type { Button, Message } from '../../src/domain/conversation.ts';
import type { Unit } from '../../src/domain/people.ts';
import { dueOf, type PeriodAct } from '../../src/domain/period-change.ts';
import { readPlan } from '../../src/domain/read-plan.ts';
import { reportId } from '../../src/domain/report.ts';
import { clean, fold } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { CHOICES } from '../../src/text/choices.ts';
import { momentWords } from '../../src/text/common.ts';
import { privacyRefused } from '../../src/text/fill.ts';
import { MOMENT, planWords, unitsWords } from '../../src/text/period.ts';
import { PERIODS } from '../../src/text/periods.ts';
import { button } from '../actions.ts';
import type { At, Facts } from '../flow.ts';
import { isReason, LONGEST_REASON } from '../reasons.ts';
import { beforeDue, readDeadline } from './period-draft.ts';
import { nameOf } from './period-name.ts';
import { candidates, faultsIn, quoted, typedUnits } from './period-units.ts';

type Asked = At<'period'>;
type Stage = 'unit' | 'units' | 'value' | 'plan' | 'reason';

/** The first thing that is not known yet; undefined: it can be confirmed. */
export function missing({ what, unit, units, value, plan, reason }: Asked): Stage | undefined {
  if ((what === 'extend' || what === 'remove') && unit === undefined) return 'unit';
  if (what === 'add' && units === undefined) return 'units';
  if ((what === 'due' || what === 'extend' || what === 'passOn') && value === undefined) return 'value';
  if (what === 'plan' && plan === undefined) return 'plan';
  return reason === undefined ? 'reason' : undefined;
}

/** Words that end a conversation about a period without changing anything; as they are written, for "Thới" is a place. */
export const isStop = (text: string): boolean =>
  /^(?:thôi|thoi|hủy|huỷ|huy|hủy bỏ|huỷ bỏ|dừng|dung|dừng lại)[.!]?$/.test(clean(text).toLowerCase());

/** The units that this change may be about. */
export function unitsFor(what: PeriodAct, campaign: Campaign, facts: Facts): readonly Unit[] {
  const { person, units } = facts;
  if (!person) return [];
  if (what === 'add')
    return candidates(facts, campaign.cutoff).filter(({ id }) => !campaign.units.includes(id));
  const mine = units.filter(({ id }) => campaign.units.includes(id) && covers(person, id, campaign, units));
  return what === 'remove' ? mine.filter(({ id }) => !hasBegun(campaign, id, facts)) : mine;
}

/** True when somebody has begun the unit's report, whatever became of it. */
export const hasBegun = ({ id }: Campaign, unit: string, { reports }: Facts): boolean =>
  (reports.find((each) => each.id === reportId(id, unit))?.status ?? 'notStarted') !== 'notStarted';

/** More units than that are typed, not tapped. */
const MOST_BUTTONS = 8;

export function promptFor(waiting: Asked, campaign: Campaign, facts: Facts, stop: Button): Message {
  const stage = missing(waiting);
  const units = stage === 'unit' ? unitsFor(waiting.what, campaign, facts) : [];
  const shown = units.length <= MOST_BUTTONS ? units : [];
  return {
    text: [question(waiting, campaign, facts)],
    buttons: [...shown.map((unit) => [button(unit.name, 'period', campaign.id, unit.id, 'unit')]), [stop]],
    marks: 'letter',
  };
}

function question(waiting: Asked, campaign: Campaign, facts: Facts): string {
  const { what, unit = '' } = waiting;
  const moment = (instant: string | undefined) =>
    instant === undefined ? '–' : momentWords(instant, facts.timezone);
  switch (missing(waiting)) {
    case 'unit':
      return PERIODS.askUnit(what === 'remove' ? 'remove' : 'extend', nameOf(campaign, facts));
    case 'units':
      return PERIODS.askUnits(nameOf(campaign, facts), unitsWords(unitsFor('add', campaign, facts)));
    case 'value':
      if (what === 'passOn') return PERIODS.askPassOn(moment(campaign.passOnBy));
      return what === 'extend'
        ? PERIODS.askExtension(unitName(unit, facts), moment(dueOf(campaign, unit)))
        : PERIODS.askDue(nameOf(campaign, facts), moment(campaign.due));
    case 'plan':
      return PERIODS.askPlan(planWords(planOf(campaign)));
    default:
      return PERIODS.askReason;
  }
}

export const unitName = (id: string, { units }: Facts): string =>
  units.find((each) => each.id === id)?.name ?? id;

/** What words gave, and those behind them that were not needed for it; or what is wrong with them. */
type Taken = { readonly waiting: Asked; readonly rest: string[] } | { readonly fault: string };

/** Reads the first of the pieces (there is one) for what is missing; a reason takes them all. */
export function take(waiting: Asked, pieces: string[], campaign: Campaign, facts: Facts): Taken {
  const [first = '', ...rest] = pieces;
  switch (missing(waiting)) {
    case 'unit': {
      const typed = typedUnits(first, unitsFor(waiting.what, campaign, facts));
      const [only, ...more] = typed.units;
      return only && more.length === 0 && faultsIn(typed).length === 0
        ? { waiting: { ...waiting, unit: only.id }, rest }
        : { fault: unitFault(waiting, first, typed.several, campaign, facts) };
    }
    case 'units': {
      const typed = typedUnits(first, unitsFor('add', campaign, facts));
      if (faultsIn(typed).length > 0) return { fault: faultsIn(typed).join('\n') };
      return { waiting: { ...waiting, units: typed.units.map(({ id }) => id) }, rest };
    }
    case 'value': {
      const read = readValue(waiting, first, campaign, facts);
      return 'fault' in read ? read : { waiting: { ...waiting, value: read.value }, rest };
    }
    case 'plan':
      return takePlan(waiting, pieces);
    default:
      return takeReason(waiting, pieces.join('; '));
  }
}

function unitFault(
  { what }: Asked,
  text: string,
  several: readonly string[],
  campaign: Campaign,
  facts: Facts,
): string {
  const begun = facts.units.filter(({ id }) => campaign.units.includes(id) && hasBegun(campaign, id, facts));
  const [named, ...more] = what === 'remove' ? typedUnits(text, begun).units : [];
  if (named && more.length === 0) return PERIODS.hasBegun(named);
  return several[0] ?? PERIODS.notInPeriod(quoted(text));
}

/** The value for a unit that is to have the deadline of all again. */
export const COMMON = 'common';

function readValue(
  { what, unit = '' }: Asked,
  text: string,
  campaign: Campaign,
  facts: Facts,
): { readonly value: string } | { readonly fault: string } {
  if (what === 'extend' && /^(?:theo )?(?:han chung|bo han rieng)$/.test(fold(text)))
    return campaign.extensions?.[unit] === undefined
      ? { fault: PERIODS.noExtension(unitName(unit, facts)) }
      : { value: COMMON };
  const read = readDeadline(text, campaign.cutoff, facts);
  if ('fault' in read) return read;
  const { instant } = read;
  const words = momentWords(instant, facts.timezone);
  if (what === 'passOn' && instant < campaign.due) return { fault: beforeDue(instant, campaign.due, facts) };
  if (what === 'extend' && instant <= campaign.due)
    return { fault: PERIODS.notLater(words, momentWords(campaign.due, facts.timezone)) };
  return { value: instant };
}

/** A plan has parts between ";" itself: as many of the pieces as make one. */
function takePlan(waiting: Asked, pieces: string[]): Taken {
  for (let count = pieces.length; count > 0; count--) {
    const plan = readPlan(pieces.slice(0, count).join('; '));
    if (plan) return { waiting: { ...waiting, plan }, rest: pieces.slice(count) };
  }
  return { fault: MOMENT.badPlan(quoted(pieces.join('; '))) };
}

function takeReason(waiting: Asked, words: string): Taken {
  const reason = words.replace(/^l(?:ý|y) do:? /i, '').replace(/\s+/g, ' ');
  if (reason.length > LONGEST_REASON) return { fault: PERIODS.longReason };
  const fault = privacyFault(reason);
  if (fault) return { fault: privacyRefused(fault, 'nothing') };
  return isReason(reason)
    ? { waiting: { ...waiting, reason }, rest: [] }
    : { fault: CHOICES.notReason(reason) };
}

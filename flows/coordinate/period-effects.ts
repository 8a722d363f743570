// What a change to a period does: the campaign afterwards, what the coordinator reads, and what the units concerned are told.
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Message, Text } from '../../src/domain/conversation.ts';
import { periodName } from '../../src/domain/period.ts';
import {
  approvedFirst,
  closedAt,
  dueOf,
  extended,
  movedTo,
  openAgain,
  type PeriodChange,
  passedOnBy,
  planned,
  withoutUnit,
  withUnits,
} from '../../src/domain/period-change.ts';
import { reportId } from '../../src/domain/report.ts';
import { lines, momentWords, periodWords } from '../../src/text/common.ts';
import { MOMENT, namesWords, PERIOD, planWords, weekendWords } from '../../src/text/period.ts';
import { PERIODS } from '../../src/text/periods.ts';
import type { At, Facts, Outcome } from '../flow.ts';
import { COMMON, hasBegun, unitName, unitsFor } from './period-asks.ts';
import { nameOf } from './period-name.ts';
import { emptyUnits, reachedOf, tellAll, tellOpening } from './period-tell.ts';

type Asked = At<'period'>;

/** `shown` before it is confirmed, `done` afterwards. */
type Effect = {
  readonly campaign: Campaign;
  readonly shown: Text;
  readonly done: Text;
  readonly tell: NonNullable<Outcome['tell']>;
};

/** The change and its words; `message` is what everybody concerned reads, left out where nobody is told or each reads another. */
type Made = { readonly change: PeriodChange; readonly words: Text; readonly message?: string };

/** What this change would do now, nothing being missing of it; a fault when it cannot be made (any more). */
export function effectOf(
  waiting: Asked,
  campaign: Campaign,
  facts: Facts,
): Effect | { readonly fault: string } {
  const made = madeOf(waiting, campaign, facts);
  if ('fault' in made) return made;
  const { change, words, message } = made;
  const { reason = '' } = waiting;
  const { concerned } = change;
  const told = reachedOf(facts, concerned).length;
  const who =
    concerned.length > 0
      ? PERIODS.told(told, concerned.length, emptyUnits(facts, concerned).length)
      : PERIODS.toldNobody;
  return {
    campaign: change.campaign,
    shown: PERIODS.confirm(nameOf(campaign, facts), words, reason, who),
    done: PERIODS.done(words, told),
    tell:
      waiting.what === 'add'
        ? tellOpening(facts, change.campaign, concerned, reason)
        : tellAll(facts, concerned, news(message)),
  };
}

const news = (message = ''): Message => ({ text: [message] });

function madeOf(waiting: Asked, campaign: Campaign, facts: Facts): Made | { readonly fault: string } {
  const { what, unit = '', units = [], value = '', plan, reason = '' } = waiting;
  const name = periodIn(campaign, facts);
  const isClosed = campaign.closedAt !== undefined;
  if (isClosed !== (what === 'reopen')) return { fault: isClosed ? PERIODS.isClosed : PERIODS.isOpen };
  switch (what) {
    case 'due':
      return moved(campaign, value, reason, facts);
    case 'extend':
      return ownDeadline(campaign, unit, value, reason, facts);
    case 'add': {
      const addable = unitsFor('add', campaign, facts).filter(({ id }) => units.includes(id));
      if (addable.length === 0) return { fault: PERIODS.noneToAdd };
      const change = withUnits(
        campaign,
        addable.map(({ id }) => id),
      );
      return { change, words: [PERIODS.add(namesWords(addable))] };
    }
    case 'remove': {
      const gone = facts.units.find(({ id }) => id === unit);
      if (gone && hasBegun(campaign, unit, facts)) return { fault: PERIODS.hasBegun(gone) };
      if (campaign.units.length < 2) return { fault: PERIODS.lastUnit };
      const words: Text = [PERIODS.remove(unitName(unit, facts))];
      return { change: withoutUnit(campaign, unit), words, message: PERIOD.removed(name, reason) };
    }
    case 'passOn': {
      const was = campaign.passOnBy && momentWords(campaign.passOnBy, facts.timezone);
      return {
        change: passedOnBy(campaign, value),
        words: [PERIODS.passOn(was, momentWords(value, facts.timezone))],
      };
    }
    case 'plan':
      return plan
        ? { change: planned(campaign, plan), words: [PERIODS.plan(planWords(plan))] }
        : { fault: PERIODS.gone };
    case 'approval': {
      const isAsked = value === 'on';
      if (isAsked === (campaign.approval ?? false)) return { fault: PERIODS.same };
      const change = approvedFirst(campaign, isAsked);
      return { change, words: [PERIODS.approval(isAsked)], message: PERIOD.approval(name, isAsked, reason) };
    }
    case 'close':
      return closed(campaign, reason, facts);
    case 'reopen':
      return reopened(campaign, reason, facts);
  }
}

const periodIn = (campaign: Campaign, facts: Facts): string => {
  const template = facts.template(campaign.template);
  return template ? periodWords(campaign, template) : periodName(campaign.period);
};

function moved(
  campaign: Campaign,
  due: string,
  reason: string,
  facts: Facts,
): Made | { readonly fault: string } {
  const [was = '', words = ''] = [campaign.due, due].map((each) => momentWords(each, facts.timezone));
  if (due === campaign.due) return { fault: PERIODS.same };
  if (due <= facts.now) return { fault: MOMENT.past(words) };
  const change = movedTo(campaign, due);
  const keep = campaign.units.length - change.concerned.length;
  const { passOnBy } = campaign;
  return {
    change,
    words: lines(
      PERIODS.due(was, words),
      weekendWords(due, facts.timezone),
      keep > 0 ? PERIODS.keepOwn(keep) : undefined,
      passOnBy !== undefined && passOnBy < due
        ? PERIODS.passOnEarlier(momentWords(passOnBy, facts.timezone))
        : undefined,
    ),
    message: PERIOD.moved(periodIn(campaign, facts), was, words, reason),
  };
}

function ownDeadline(
  campaign: Campaign,
  unit: string,
  value: string,
  reason: string,
  facts: Facts,
): Made | { readonly fault: string } {
  const due = value === COMMON ? campaign.due : value;
  const before = dueOf(campaign, unit);
  const [was = '', words = ''] = [before, due].map((each) => momentWords(each, facts.timezone));
  if (!campaign.units.includes(unit)) return { fault: PERIODS.notInPeriod(unitName(unit, facts)) };
  if (due === before) return { fault: PERIODS.same };
  if (value !== COMMON && due <= facts.now) return { fault: MOMENT.past(words) };
  return {
    change: extended(campaign, unit, value === COMMON ? undefined : due),
    words: lines(PERIODS.extend(unitName(unit, facts), was, words), weekendWords(due, facts.timezone)),
    message: PERIOD.moved(periodIn(campaign, facts), was, words, reason),
  };
}

function closed(campaign: Campaign, reason: string, facts: Facts): Made {
  const accepted = facts.reports.filter(
    ({ id, status }) =>
      status === 'accepted' && campaign.units.some((unit) => reportId(campaign.id, unit) === id),
  );
  return {
    change: closedAt(campaign, facts.now),
    words: [PERIODS.close(campaign.units.length - accepted.length)],
    message: PERIOD.closed(periodIn(campaign, facts), reason),
  };
}

function reopened(campaign: Campaign, reason: string, facts: Facts): Made {
  const due = momentWords(campaign.due, facts.timezone);
  return {
    change: openAgain(campaign),
    words: [PERIODS.reopen(due, campaign.due < facts.now)],
    message: PERIOD.reopened(periodIn(campaign, facts), reason),
  };
}

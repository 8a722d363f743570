// /ky: the periods a coordinator looks after, how one is set, and the buttons that begin a change to it.
import { type Campaign, planOf, sees } from '../../src/domain/campaign.ts';
import type { Button, Message } from '../../src/domain/conversation.ts';
import type { PeriodAct } from '../../src/domain/period-change.ts';
import { reportId, type Status } from '../../src/domain/report.ts';
import { lines, STATUS } from '../../src/text/common.ts';
import { COORDINATE } from '../../src/text/coordinate.ts';
import { settings, unitsWords } from '../../src/text/period.ts';
import { PERIODS } from '../../src/text/periods.ts';
import { button } from '../actions.ts';
import type { Facts, Outcome, Turn } from '../flow.ts';
import { stale } from '../stale.ts';
import { begin, confirmed, isAct, mayChange, pickUnit, stopped } from './period-changes.ts';
import { nameOf } from './period-name.ts';

/** So many closed periods are listed; older ones are found in the archive of the command line. */
const MOST_CLOSED = 8;

/** The periods in which this person looks after a unit, open ones first. */
function periodsOf(facts: Facts): readonly Campaign[] {
  const isMine = (campaign: Campaign): boolean => isSeen(campaign, facts);
  return [...facts.campaigns.filter(isMine), ...facts.closed.filter(isMine).slice(0, MOST_CLOSED)];
}

/** The period with those of its units only that this person looks after. */
function inView(campaign: Campaign, { person, units }: Facts): Campaign {
  const isMine = (unit: string): boolean => person !== undefined && sees(person, unit, campaign, units);
  const mine = new Set(campaign.units.filter(isMine));
  const own = Object.entries(campaign.extensions ?? {}).filter(([unit]) => mine.has(unit));
  return { ...campaign, units: [...mine], extensions: Object.fromEntries(own) };
}

const isSeen = (campaign: Campaign, { person, units }: Facts): boolean =>
  person !== undefined && campaign.units.some((unit) => sees(person, unit, campaign, units));

/** The command itself. */
export function listPeriods({ facts }: Turn): Outcome {
  const all = periodsOf(facts);
  const open =
    facts.person?.role === 'coordinator' ? [[button(PERIODS.open, 'openPeriod', '', '', 'begin')]] : [];
  if (all.length === 0) return { say: [{ text: [PERIODS.none], buttons: open, marks: 'number' }] };
  return {
    say: [
      {
        text: lines(
          PERIODS.title,
          ...all.map((each) => PERIODS.line(nameOf(each, facts), inView(each, facts), facts.timezone)),
        ),
        buttons: [
          ...all.map((each) => [button(PERIODS.choose(nameOf(each, facts), each), 'period', each.id)]),
          ...open,
        ],
        marks: 'number',
      },
    ],
  };
}

/** A button on a period: nothing said, its settings; else one of the changes. */
export function pressPeriod(campaign: Campaign | undefined, arg: string, turn: Turn, row: string): Outcome {
  const { facts } = turn;
  if (!campaign || !isSeen(campaign, facts)) return stale;
  const [verb = '', value = ''] = arg.split('.');
  if (verb === 'do' && isAct(value)) return begin(campaign, value, turn);
  if (verb === 'unit') return pickUnit(campaign, row, turn);
  if (verb === 'yes') return confirmed(campaign, value, turn);
  if (verb === 'no') return stopped();
  return { say: [detail(campaign, facts)] };
}

const ORDER: readonly Status[] = [
  ...(['notStarted', 'inProgress', 'returned', 'awaiting', 'submitted', 'accepted'] as const),
];

function detail(campaign: Campaign, facts: Facts): Message {
  const mine = inView(campaign, facts);
  const units = facts.units.filter(({ id }) => mine.units.includes(id));
  const isOpen = campaign.closedAt === undefined;
  const statuses = mine.units.map(
    (unit) => facts.reports.find(({ id }) => id === reportId(campaign.id, unit))?.status ?? 'notStarted',
  );
  const counts = ORDER.map((status) => ({
    status: STATUS[status],
    n: statuses.filter((each) => each === status).length,
  })).filter(({ n }) => n > 0);
  return {
    text: lines(
      PERIODS.head(nameOf(campaign, facts), campaign, facts.timezone),
      settings(campaign, { units: unitsWords(units), plan: planOf(campaign) }, facts.timezone),
      ...Object.entries(mine.extensions ?? {}).map(([id, due]) =>
        PERIODS.extension(units.find((unit) => unit.id === id)?.name ?? id, due, facts.timezone),
      ),
      // What was handed in to a closed period lies in the archive and is not read here.
      isOpen ? COORDINATE.counts(counts) : undefined,
    ),
    buttons: buttonsOf(campaign, facts),
    marks: 'number',
  };
}

function buttonsOf(campaign: Campaign, facts: Facts): readonly (readonly Button[])[] {
  const act = (what: PeriodAct, label = PERIODS.act[what]): Button[] =>
    mayChange(what, campaign, facts) ? [button(label, 'period', campaign.id, '', `do.${what}`)] : [];
  const rows =
    campaign.closedAt === undefined
      ? [
          [...act('due'), ...act('extend')],
          [...act('add'), ...act('remove')],
          [...act('passOn'), ...act('plan')],
          [...act('approval', campaign.approval ? PERIODS.approvalOff : PERIODS.approvalOn)],
          [...act('close')],
        ]
      : [act('reopen')];
  return rows.filter((row) => row.length > 0);
}

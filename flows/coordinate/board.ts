// The board (/tiendo): the periods somebody looks after, the units of one of them by trouble, and what may be done with them.
import { type Board, boardOf, filterBoard } from '../../src/domain/board.ts';
import { type Campaign, sees } from '../../src/domain/campaign.ts';
import type { Button, Message } from '../../src/domain/conversation.ts';
import { isSent, type Status } from '../../src/domain/report.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { BOARD_CHAT } from '../../src/text/board-chat.ts';
import { lines } from '../../src/text/common.ts';
import { privacyRefused } from '../../src/text/fill.ts';
import { button } from '../actions.ts';
import type { Facts, Flow, Outcome, Turn } from '../flow.ts';
import { undeliveredLine } from '../undelivered.ts';
import { cleanReports } from './accept-all.ts';
import { filterCode, kinds, readFilter, typedFilter } from './board-filter.ts';

/** As many units as a phone shows at once. */
const PAGE = 8;

type At = { readonly page: number; readonly campaign?: string; readonly filter?: string };

export const coordinate: Flow<'coordinate'> = {
  prompt: (waiting, facts) => [boardMessage(facts, waiting)],
  /** Words typed here look for units. */
  answer: (waiting, input, turn) => {
    const seen = inSight(turn.facts);
    const campaign =
      seen.find(({ id }) => id === waiting.campaign) ?? (seen.length === 1 ? seen[0] : undefined);
    if (input.type !== 'text' || !campaign) return { say: [boardMessage(turn.facts, waiting)] };
    return lookFor(input.text, campaign, turn.facts);
  },
};

/** `/tiendo` and what follows it: a state, a kind of unit, words of a name. */
export function showBoard(typed: string, { facts, session: { waiting } }: Turn): Outcome {
  const seen = inSight(facts);
  const here = waiting.flow === 'coordinate' ? seen.find(({ id }) => id === waiting.campaign) : undefined;
  const campaign = here ?? (seen.length === 1 ? seen[0] : undefined);
  if (typed === '' || !campaign)
    return { go: { flow: 'coordinate', page: 0, ...(here && typed !== '' && { campaign: here.id }) } };
  return lookFor(typed, campaign, facts);
}

function lookFor(typed: string, campaign: Campaign, facts: Facts): Outcome {
  // What is looked for is remembered with the board.
  const fault = privacyFault(typed);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  const filter = filterCode(typedFilter(typed, unitsIn(facts, campaign)));
  const at: At = { page: 0, campaign: campaign.id, ...(filter !== '' && { filter }) };
  return { go: { flow: 'coordinate', ...at } };
}

/** A button of the board: "<page>|<filter>", "f" for what one can filter by. */
export function turnBoard(campaign: Campaign | undefined, arg: string, { facts }: Turn): Outcome {
  if (campaign && arg === 'f') return { say: [filterMessage(facts, campaign)] };
  const [page = '', filter = ''] = arg.split('|');
  return {
    go: {
      ...{ flow: 'coordinate', page: Number(page) || 0 },
      ...(campaign && { campaign: campaign.id }),
      ...(filter !== '' && { filter }),
    },
  };
}

/** Open periods in which this person looks after at least one unit, earliest due first. */
export const inSight = (facts: Facts): readonly Campaign[] =>
  facts.campaigns.filter((campaign) => unitsIn(facts, campaign).length > 0);

/** The units of a period that this person looks after. */
export function unitsIn({ person, units }: Facts, campaign: Campaign): Facts['units'] {
  const wanted = new Set(campaign.units);
  return person ? units.filter(({ id }) => wanted.has(id) && sees(person, id, campaign, units)) : [];
}

/** The board of what this person looks after; undefined when the period's form is gone. */
export const boardFor = (facts: Facts, campaign: Campaign): Board | undefined =>
  boardOf({ ...facts, campaign, units: unitsIn(facts, campaign) });

function boardMessage(facts: Facts, { page, campaign: id, filter = '' }: At): Message {
  const seen = inSight(facts);
  const trouble = undeliveredLine(facts);
  const chosen = seen.find((each) => each.id === id) ?? (seen.length === 1 ? seen[0] : undefined);
  const board = chosen && boardFor(facts, chosen);
  if (!chosen || !board)
    return seen.length > 1 ? periodsMessage(facts, seen, trouble) : noneMessage(facts, trouble);
  const units = board.rows.map(({ unit }) => unit);
  const wanted = readFilter(filter, units);
  const rows = filterBoard(board.rows, wanted);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = rows.slice(at * PAGE, (at + 1) * PAGE);
  const isFiltered = filter !== '';
  return {
    text: lines(
      BOARD_CHAT.head(board),
      BOARD_CHAT.counts(board.counts),
      isFiltered ? BOARD_CHAT.filtered(wanted, rows.length) : undefined,
      ...shown.map((row) => BOARD_CHAT.line(row, facts.now, facts.timezone)),
      pages > 1 ? BOARD_CHAT.page(at + 1, pages) : undefined,
      rows.length > 0 ? helloTo(facts) : BOARD_CHAT.nobody,
      trouble,
    ),
    buttons: [
      ...shown.map((row) => [button(BOARD_CHAT.unit(row), 'open', row.report)]),
      ...pager(chosen.id, at, pages, filter),
      ...foot(facts, board, isFiltered, seen.length > 1),
    ],
    marks: 'number',
  };
}

const helloTo = ({ person }: Facts): string =>
  person?.role === 'coordinator' ? BOARD_CHAT.hello : BOARD_CHAT.look;

function pager(campaign: string, at: number, pages: number, filter: string): Button[][] {
  const to = (label: string, page: number) => button(label, 'board', campaign, '', `${page}|${filter}`);
  const row = [
    ...(at > 0 ? [to(BOARD_CHAT.back, at - 1)] : []),
    ...(at < pages - 1 ? [to(BOARD_CHAT.next, at + 1)] : []),
  ];
  return row.length > 0 ? [row] : [];
}

/** What may be done with all of them; a viewer only looks. */
function foot(facts: Facts, { campaign, rows }: Board, isFiltered: boolean, several: boolean): Button[][] {
  const decides = facts.person?.role === 'coordinator';
  const open = rows.filter((row) => !isSent(row)).length;
  const clean = decides ? cleanReports(facts, campaign).length : 0;
  const many = rows.length > PAGE || isFiltered;
  return [
    ...(clean > 0 ? [[button(BOARD_CHAT.acceptAll(clean), 'acceptAll', campaign.id)]] : []),
    [
      ...(decides && open > 0 ? [button(BOARD_CHAT.nudge(open), 'nudge', campaign.id)] : []),
      button(BOARD_CHAT.consolidated, 'consolidated', campaign.id),
    ],
    [
      button(BOARD_CHAT.picture, 'consolidated', campaign.id, '', 'picture'),
      button(BOARD_CHAT.sheet, 'consolidated', campaign.id, '', 'board'),
    ],
    [
      ...(many ? [button(BOARD_CHAT.filter, 'board', campaign.id, '', 'f')] : []),
      ...(isFiltered ? [button(BOARD_CHAT.all, 'board', campaign.id, '', '0|')] : []),
      ...(several ? [button(BOARD_CHAT.periods, 'board')] : []),
    ],
  ].filter((row) => row.length > 0);
}

/** The ways to filter, with how many units each one shows. */
function filterMessage(facts: Facts, campaign: Campaign): Message {
  const board = boardFor(facts, campaign);
  const units = board?.rows.map(({ unit }) => unit) ?? [];
  const { byState, overdue } = board?.counts ?? { byState: undefined, overdue: 0 };
  const states = Object.entries(byState ?? {}) as [Status, number][];
  const unsent = board ? filterBoard(board.rows, { state: 'unsent' }).length : 0;
  const to = (label: string, filter: Parameters<typeof filterCode>[0]) =>
    button(label, 'board', campaign.id, '', `0|${filterCode(filter)}`);
  const some = kinds(units);
  return {
    text: [BOARD_CHAT.filterBy],
    buttons: [
      ...(overdue > 0 ? [[to(BOARD_CHAT.overdue(overdue), { state: 'overdue' })]] : []),
      ...(unsent > 0 ? [[to(BOARD_CHAT.unsent(unsent), { state: 'unsent' })]] : []),
      ...states.filter(([, n]) => n > 0).map(([state, n]) => [to(BOARD_CHAT.state(state, n), { state })]),
      ...(some.length > 1 ? some : []).map((kind) => [
        to(BOARD_CHAT.kind(kind, units.filter((unit) => unit.kind === kind).length), { kind }),
      ]),
    ],
    marks: 'number',
  };
}

const noneMessage = ({ person }: Facts, trouble: Message['text'] | undefined): Message => ({
  text: lines(person?.role === 'coordinator' ? BOARD_CHAT.noneYet : BOARD_CHAT.none, trouble),
});

function periodsMessage(
  facts: Facts,
  seen: readonly Campaign[],
  trouble: Message['text'] | undefined,
): Message {
  const boards = seen.flatMap((campaign) => boardFor(facts, campaign) ?? []);
  return {
    text: lines(
      BOARD_CHAT.several,
      ...boards.flatMap((board) => [BOARD_CHAT.head(board), BOARD_CHAT.counts(board.counts)]),
      trouble,
    ),
    buttons: boards.map((board) => [
      button(BOARD_CHAT.period(board, boards), 'board', board.campaign.id, '', '0|'),
    ]),
    marks: 'number',
  };
}

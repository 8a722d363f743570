// "/nhac": the coordinator nudges units that have not finished: whom, who will get it and where, and only then it goes out.

import type { BoardRow } from '../../src/domain/board.ts';
import { type Campaign, covers } from '../../src/domain/campaign.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { shortHash } from '../../src/domain/hash.ts';
import { isSent } from '../../src/domain/report.ts';
import { fold } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { BOARD_CHAT } from '../../src/text/board-chat.ts';
import { privacyRefused } from '../../src/text/fill.ts';
import { NUDGE } from '../../src/text/nudge.ts';
import { button } from '../actions.ts';
import type { Facts, Flow, Outcome, Turn } from '../flow.ts';
import { stale, staleMessage } from '../stale.ts';
import { boardFor, inSight } from './board.ts';
import { type Letter, lettersTo } from './nudge-letters.ts';
import { type Picked, pickUnits } from './nudge-units.ts';

/** Waits for names of units, or what they have in common. */
export const nudge: Flow<'nudge'> = {
  prompt: (waiting, facts) => {
    const campaign = mine(facts, waiting.campaign);
    if (!campaign) return [staleMessage];
    return [
      waiting.units
        ? previewMessage(facts, campaign, { units: waiting.units })
        : choiceMessage(facts, campaign),
    ];
  },
  answer: (waiting, input, { facts }) => {
    const campaign = mine(facts, waiting.campaign);
    if (!campaign || input.type !== 'text') return { ...stale, go: { flow: 'coordinate', page: 0 } };
    return choose(input.text, campaign, facts);
  },
};

/** `/nhac` and what follows it. */
export function nudgeCommand(typed: string, { facts, session: { waiting } }: Turn): Outcome {
  const seen = inSight(facts).filter(({ id }) => mine(facts, id));
  const here = 'campaign' in waiting ? seen.find(({ id }) => id === waiting.campaign) : undefined;
  const campaign = here ?? (seen.length === 1 ? seen[0] : undefined);
  if (seen.length === 0) return { say: [{ text: [BOARD_CHAT.noneYet] }] };
  if (!campaign) {
    const boards = seen.flatMap((each) => boardFor(facts, each) ?? []);
    const choices = boards.map((board) => [
      button(BOARD_CHAT.period(board, boards), 'nudge', board.campaign.id),
    ]);
    return { say: [{ text: [NUDGE.which], buttons: choices, marks: 'number' }] };
  }
  return typed === '' ? { go: { flow: 'nudge', campaign: campaign.id } } : choose(typed, campaign, facts);
}

/** The buttons: '' asks whom; "w.<whom>" shows who would get it; "s.<code>.<whom>" sends to exactly those who were shown. */
export function nudgeButton(campaign: Campaign | undefined, arg: string, turn: Turn): Outcome {
  const { facts, session } = turn;
  if (!campaign || !mine(facts, campaign.id)) return stale;
  const [step = '', code = '', name = ''] = arg.split('.');
  if (step === 'w') return preview(facts, campaign, { all: code });
  if (step !== 's') return { go: { flow: 'nudge', campaign: campaign.id } };
  const { waiting } = session;
  const here = waiting.flow === 'nudge' && waiting.campaign === campaign.id ? waiting : undefined;
  const whom: Whom = name === 'chosen' ? { units: here?.units ?? [] } : { all: name };
  // Once sent, the conversation is elsewhere: the same button pressed again only shows the list anew.
  if (!here)
    return name === 'chosen'
      ? { go: { flow: 'nudge', campaign: campaign.id } }
      : preview(facts, campaign, whom, NUDGE.again);
  const letters = lettersFor(facts, campaign, whom);
  if (codeOf(letters) !== code) return preview(facts, campaign, whom, NUDGE.changed);
  return send(campaign, letters, turn);
}

/** Shows who would get it. `first`: why that is shown once more. */
const preview = (facts: Facts, campaign: Campaign, whom: Whom, first?: string): Outcome => ({
  say: [...(first === undefined ? [] : [{ text: [first] }]), previewMessage(facts, campaign, whom)],
  go: { flow: 'nudge', campaign: campaign.id, ...('units' in whom && { units: whom.units }) },
  quiet: true,
});

/** Those who have something in common ("all", "lt50", a state), or units by id. */
type Whom = { readonly all: string } | { readonly units: readonly string[] };

const mine = (facts: Facts, id: string): Campaign | undefined =>
  facts.campaigns.find(
    (campaign) =>
      campaign.id === id &&
      facts.person !== undefined &&
      campaign.units.some((unit) => facts.person && covers(facts.person, unit, campaign, facts.units)),
  );

/** Units that still owe something, in the order of the board. */
const unfinished = (facts: Facts, campaign: Campaign): readonly BoardRow[] =>
  (boardFor(facts, campaign)?.rows ?? []).filter((row) => !isSent(row));

/** Those of the unfinished `rows` that are meant. */
function among(rows: readonly BoardRow[], whom: Whom): readonly BoardRow[] {
  if ('units' in whom) return rows.filter(({ unit }) => whom.units.includes(unit.id));
  const below = /^lt(\d+)$/.exec(whom.all)?.[1];
  if (below !== undefined) return rows.filter(({ percent }) => percent < Number(below));
  if (whom.all === 'all') return rows;
  return rows.filter(({ status, overdue }) => (whom.all === 'overdue' ? overdue : status === whom.all));
}

const lettersFor = (facts: Facts, campaign: Campaign, whom: Whom): readonly Letter[] =>
  lettersTo(facts, among(unfinished(facts, campaign), whom));

/** The same only for the same people in the same chats. */
const codeOf = (letters: readonly Letter[]): string =>
  shortHash(
    JSON.stringify(letters.map(({ row, to }) => [row.unit.id, to.map(({ conversation }) => conversation)])),
  );

function choiceMessage(facts: Facts, campaign: Campaign): Message {
  const rows = unfinished(facts, campaign);
  if (rows.length === 0) return { text: [NUDGE.nobody], buttons: toBoard(campaign) };
  const some = (name: string) => among(rows, { all: name }).length;
  const groups = ['all', 'overdue', 'notStarted', 'returned', 'lt50', 'lt90']
    .map((name) => ({ name, n: some(name) }))
    .filter(({ name, n }) => name === 'all' || (n > 0 && n < rows.length));
  return {
    text: [NUDGE.ask(rows.length)],
    buttons: [
      ...groups.map(({ name, n }) => [button(NUDGE.group(name, n), 'nudge', campaign.id, '', `w.${name}`)]),
      ...toBoard(campaign),
    ],
  };
}

function previewMessage(facts: Facts, campaign: Campaign, whom: Whom): Message {
  const letters = lettersFor(facts, campaign, whom);
  const people = letters.flatMap(({ to }) => to);
  const name = 'all' in whom ? whom.all : 'chosen';
  const sending = button(NUDGE.send(people.length), 'nudge', campaign.id, '', `s.${codeOf(letters)}.${name}`);
  return {
    text: NUDGE.preview(letters),
    buttons: [...(people.length > 0 ? [[sending]] : []), ...toBoard(campaign)],
    marks: 'coded',
  };
}

const toBoard = (campaign: Campaign) => [[button(BOARD_CHAT.toBoard, 'board', campaign.id, '', '0|')]];

/** Words: "tất cả", "dưới 50%", a state, a kind, or names of units, one a line or with commas or semicolons between them. */
function choose(typed: string, campaign: Campaign, facts: Facts): Outcome {
  const fault = privacyFault(typed);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  const words = fold(typed).replace(/^(?:cac |nhung )?don vi /, '');
  const below = /^(?:(?:duoi|<|it hon|nho hon) ?)?(\d{1,3}) ?(?:%|phan tram)$/.exec(words)?.[1];
  const group = below === undefined ? GROUPS.get(words) : `lt${below}`;
  if (group !== undefined) return preview(facts, campaign, { all: group });
  const picked: Picked = pickUnits(typed, unfinished(facts, campaign));
  const doubt = picked.unknown.length + picked.several.length > 0 ? [{ text: NUDGE.notFound(picked) }] : [];
  if (picked.units.length === 0) return { say: [...doubt, choiceMessage(facts, campaign)] };
  const units = picked.units.map(({ unit }) => unit.id);
  return { say: doubt, go: { flow: 'nudge', campaign: campaign.id, units } };
}

const GROUPS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ 'tat ca': 'all', 'tat ca don vi': 'all', 'tat ca cac don vi': 'all', 'toan bo': 'all' },
    ...{ 'chua nop': 'all', 'tat ca chua nop': 'all' },
    'qua han': 'overdue',
    'chua bat dau': 'notStarted',
    'dang nhap': 'inProgress',
    ...{ 'tra lai': 'returned', 'bi tra lai': 'returned' },
    'cho duyet': 'awaiting',
  }),
);

function send(campaign: Campaign, letters: readonly Letter[], turn: Turn): Outcome {
  const sent = letters.flatMap(({ row, to, message }) =>
    to.map((each) => ({ ...each, unit: row.unit.id, message })),
  );
  const unreached = letters.filter(({ to }) => to.length === 0).map(({ row }) => row.unit.id);
  return {
    say: [{ text: [NUDGE.sent(sent.length)] }],
    changes: [
      {
        type: 'nudged',
        campaign: campaign.id,
        people: sent.map(({ person, unit, conversation }) => ({
          ...{ person: person.id, unit, conversation, message: turn.event },
        })),
        unreached,
      },
    ],
    tell: sent.map(({ conversation, message }) => ({ conversation, message: { ...message, once: true } })),
    go: { flow: 'coordinate', page: 0, campaign: campaign.id },
    quiet: true,
  };
}

// Random walks of two officers, a coordinator and a stranger through the real shell: what must hold after every step, whatever is done.
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readAction, VERBS } from '../flows/actions.ts';
import { coordinate } from '../flows/coordinate.ts';
import { decide } from '../flows/decide.ts';
import { explain } from '../flows/explain.ts';
import { fill } from '../flows/fill.ts';
import type { Facts, Flow } from '../flows/flow.ts';
import { leave } from '../flows/leave.ts';
import { menu } from '../flows/menu.ts';
import { register } from '../flows/register.ts';
import { review } from '../flows/review.ts';
import { submit } from '../flows/submit.ts';
import type { Change } from '../src/domain/change.ts';
import type { Event, Message, Session, UnsupportedKind, Waiting } from '../src/domain/conversation.ts';
import { shortHash } from '../src/domain/hash.ts';
import type { Answer, Value } from '../src/domain/report.ts';
import type { Indicator } from '../src/domain/template.ts';
import { fold } from '../src/domain/words.ts';
import { formatValue, readAnswer } from '../src/indicators/index.ts';
import { COMMAND } from '../src/text/menu.ts';
import { loadedFrom, look, unsentOf } from '../storage/look.ts';
import { memoryStorage } from '../storage/memory.ts';
import { emptyState } from '../storage/state.ts';
import type { Loaded, Storage, Turn } from '../storage/storage.ts';
import { settle } from '../storage/talk.ts';
import { applyTurn } from '../storage/turn.ts';
import { expectedCells, readDocument, seeded } from './support/officer.ts';
import { buttonsOf, createWorld, plain, type World } from './support/world.ts';

const WALKS = 320;
const STEPS = 60;
const FORM = 'so-cong-thuong-ha-nam';
const document = readDocument(FORM);
const COMMANDS = ['start', ...COMMAND.listed.map(({ command }) => command)];

const FLOWS: { readonly [F in Waiting['flow']]: Flow<F> } = {
  register,
  menu,
  fill,
  review,
  submit,
  explain,
  leave,
  coordinate,
  decide,
};
const promptOf = <F extends Waiting['flow']>(waiting: Extract<Waiting, { flow: F }>, facts: Facts) =>
  (FLOWS[waiting.flow as F] as Flow<F>).prompt(waiting, facts);

/** The memory store without its copies, which take longer than everything else; every fifth walk goes through JSON and back. */
function quickStorage(): Storage {
  const state = emptyState();
  return {
    ...memoryStorage(),
    load: async (ask) => {
      const looked = look(state, ask);
      const previous = looked.previous.map(({ report }) => state.reports.get(report));
      return loadedFrom(looked, previous);
    },
    commit: async (turn) => applyTurn(state, turn),
    unsent: async () => unsentOf(state),
    markSent: async (id, delivery) => settle(state, id, delivery, 0),
    history: async (report) => state.history.get(report) ?? [],
  };
}

/** What all walks together have reached. */
const reached = {
  flows: new Set<string>(),
  commands: new Set<string>(),
  verbs: new Set<string>(),
  changes: new Set<string>(),
};

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** Steps of a walk by what happened, so that a failure can be read and repeated. */
type Walk = {
  readonly seed: number;
  readonly random: Random;
  readonly world: World;
  readonly turns: Turn[];
  readonly thrown: string[];
  readonly done: Event[];
  /** The newest session of each conversation, and what the newest turn has looked at. */
  readonly sessions: Map<string, Session>;
  readonly seen: { loaded?: Loaded };
  readonly typed: Map<string, string[]>;
  clock: number;
};

async function begin(seed: number): Promise<Walk> {
  const memory = seed % 5 === 0 ? memoryStorage() : quickStorage();
  const turns: Turn[] = [];
  const thrown: string[] = [];
  const sessions = new Map<string, Session>();
  const seen: { loaded?: Loaded } = {};
  const storage = {
    ...memory,
    load: async (ask: Parameters<Storage['load']>[0]) => {
      seen.loaded = await memory.load(ask);
      return seen.loaded;
    },
    commit: async (turn: Turn) => {
      const outcome = await memory.commit(turn);
      if (outcome !== 'done') return outcome;
      turns.push(turn);
      if (turn.session) sessions.set(turn.conversation, turn.session);
      return outcome;
    },
  };
  // Nine more units make the coordinator's list longer than a page.
  const more = Array.from({ length: 9 }, (_, n) => ({
    id: `x${n}`,
    name: `Đơn vị ${n}`,
    kind: 'đơn vị',
    parent: 'so',
  }));
  const world = await createWorld({
    template: FORM,
    unit: document.unit,
    period: document.period,
    now: '2024-06-10T01:00:00Z',
    storage,
    units: seed % 8 === 6 ? more : [],
    log: pino({ level: 'error' }, { write: (line: string) => void thrown.push(line) }),
  });
  const walk: Walk = {
    ...{ seed, random: seeded(seed), world, turns, thrown, sessions, seen, done: [], typed: new Map() },
    clock: Date.parse('2024-06-10T01:00:00Z'),
  };
  for (const name of ['Lan', 'Minh']) await world.join(name);
  await world.join('Dau', 'coordinator');
  await setTheScene(walk);
  return walk;
}

/** Scenes that a walk alone would hardly reach: a filled form, one with a contradiction, one sent, one taken in. */
async function setTheScene({ seed, world, turns }: Walk): Promise<void> {
  const scene = seed % 8;
  if (scene === 0) return;
  const { template, campaign, storage } = world;
  const report = `${campaign.id}/u1`;
  const stamp = { by: 'test', at: campaign.createdAt, event: 'scene' };
  const left = scene === 1 ? template.indicators.slice(-3) : [];
  const set = template.indicators
    .filter((row) => !left.includes(row))
    .map((row): Change => {
      const value =
        scene === 7 && row === template.indicators[4] ? ({ is: 'pending' } as const) : printedValue(row);
      const wrong =
        scene === 5 && row.id === 'duoc-giao-dung-han'
          ? ({ is: 'number', number: 99, decimals: 0 } as const)
          : value;
      return { type: 'answer_set', report, indicator: row.id, answer: { ...stamp, value: wrong }, was: null };
    });
  const started: Change = {
    type: 'report_started',
    report,
    campaign: campaign.id,
    unit: 'u1',
    template: campaign.template,
  };
  await storage.commit({
    ...{ event: 'scene', at: stamp.at, by: 'test', conversation: 'operator:test' },
    ...{ changes: [started, ...set], outgoing: [], expects: { reports: { [report]: 0 } } },
  });
  const lan = 'test:Lan';
  await world.say(lan, '/start');
  if (scene === 1) await world.say(lan, '/ghichu đang rà soát');
  if (scene >= 3 && scene <= 4) {
    await world.say(lan, '/nop');
    await world.press(lan, 'Đã kiểm tra, số liệu đúng');
    await world.press(lan, 'Xác nhận nộp');
    if (scene === 4) await world.press('test:Dau', 'Tiếp nhận');
  }
  turns.length = 0;
}

function printedValue(row: Indicator): Value {
  const line = document.lines.find((each) => each.id === row.id);
  const cell = line ? expectedCells(line, { byId: new Map([[row.id, row]]) })[3] : '';
  if (typeof cell !== 'number') return { is: 'blank' };
  if (row.type === 'choice') return { is: 'choice', code: cell };
  return { is: 'number', number: cell, decimals: String(cell).split('.')[1]?.length ?? 0 };
}

const WORDS = [
  ...[
    '0',
    '1',
    '2',
    '12',
    '01',
    '5.971',
    '5.97',
    '99,98',
    '100',
    '127',
    '-5',
    '10%',
    '12; ghi chú',
    '7 - theo báo cáo',
    '08/21',
  ],
  ...[
    '21 nhiệm vụ cụ thể',
    'không có',
    'chưa',
    'x',
    '-',
    'đúng',
    'ok',
    'để trống',
    'hai mươi mốt',
    '; đang tổng hợp',
    'Có',
    'Lan',
    'Minh',
    'Dau',
  ],
  ...[
    'Phòng đang tổng hợp số liệu',
    'số liệu đã được kiểm tra lại với kho bạc',
    '?',
    '🙂',
    '\u200b',
    '   ',
    '1\n2',
    '3\tghi chú',
    '<b>1</b>',
    'a'.repeat(3000),
    '9'.repeat(400),
  ],
  ...[
    '0912345678',
    '12/BC-UBND mật',
    '001099012345',
    'theo Kế hoạch số 05/KH-UBND ngày 17/01/2022',
    '__proto__',
    'constructor',
    '1e9',
    '½',
    '１２',
    'ă'.normalize('NFD'),
  ],
];
const ARGUMENTS = [
  '',
  '',
  '',
  '1.1',
  '3.2.1',
  'nhiệm vụ',
  'ho so',
  'TTHC',
  'xóa',
  'Số liệu tính đến 14/9',
  'zzz',
  '0912345678',
  'a'.repeat(2500),
  'x',
];
const UNSUPPORTED: readonly UnsupportedKind[] = [
  'sticker',
  'voice',
  'photo',
  'video',
  'file',
  'location',
  'contact',
  'forwarded',
  'group',
  'other',
];

function wordsOf({ random, world }: Walk): string {
  const roll = random();
  const label = pick(random, world.template.indicators).label;
  if (roll < 0.1) return label;
  if (roll < 0.15) return label.normalize('NFD').split(' ').slice(0, 3).join(' ');
  if (roll < 0.3) return String(Math.floor(random() * 10_000));
  return pick(random, WORDS);
}

/** The next thing somebody does. Buttons are any that this person has seen, the rare kinds as likely as the common ones. */
function nextEvent(walk: Walk, name: string): Event {
  const { random, typed } = walk;
  const conversation = `test:${name}`;
  const base = {
    id: `walk:${walk.seed}:${walk.done.length}`,
    conversation,
    at: new Date(walk.clock).toISOString(),
  };
  const roll = random();
  const text = (words: string): Event => {
    const message = `m${walk.done.length}`;
    typed.set(conversation, [...(typed.get(conversation) ?? []), message]);
    return { ...base, type: 'text', text: words, message };
  };
  if (roll < 0.45) {
    const action = buttonFor(walk, random() < 0.95 ? conversation : 'test:Lan');
    if (action !== undefined) return { ...base, type: 'button', action };
  }
  if (roll < 0.62) return text(`/${pick(random, COMMANDS)} ${pick(random, ARGUMENTS)}`.trim());
  if (roll < 0.66) {
    const message = pick(random, typed.get(conversation) ?? ['m0']);
    return { ...base, type: 'edited', text: wordsOf(walk), message };
  }
  if (roll < 0.69) return { ...base, type: 'unsupported', what: pick(random, UNSUPPORTED) };
  if (roll < 0.7) return { ...base, type: 'reachable', reachable: random() < 0.5 };
  if (roll < 0.72)
    return {
      ...base,
      type: 'button',
      action: pick(random, ['', ':', 'c', 'zz:1:2:3', 'g:::', 'c:x:y:1', '/nop', '/khong', 't:a:b:c.9']),
    };
  return text(wordsOf(walk));
}

function buttonFor({ random, world }: Walk, conversation: string): string | undefined {
  const messages = world.transcript(conversation);
  const newest = messages.slice(-3).flatMap(buttonsOf);
  if (newest.length > 0 && random() < 0.5) return pick(random, newest).action;
  const all = messages.flatMap(buttonsOf);
  if (all.length === 0) return undefined;
  const kinds = [...new Set(all.map(({ action }) => action.split(':')[0]))];
  const kind = pick(random, kinds);
  return pick(
    random,
    all.filter(({ action }) => action.split(':')[0] === kind),
  ).action;
}

/** The ids of the indicators that this event may write: the one asked, the one that a button names, the one an edited message gave. */
function mayWrite(
  walk: Walk,
  event: Event,
  before: Session | undefined,
  answers: Readonly<Record<string, Answer>>,
): (id: string) => boolean {
  const asked = before?.waiting.flow === 'fill' ? before.waiting.indicator : undefined;
  if (event.type === 'edited') {
    const message = `${event.conversation}:${event.message}`;
    const doubted = before?.doubts.find((each) => each.message === event.message)?.indicator;
    return (id) => answers[id]?.message === message || id === doubted;
  }
  const words = event.type === 'text' ? event.text : event.type === 'button' ? event.action : '';
  const command = /^\s*\/(\w*)/.exec(words)?.[1];
  if (command !== undefined) {
    if (command === 'hoantac')
      return (id) =>
        walk.turns.some((turn) => turn.changes.some((each) => 'indicator' in each && each.indicator === id));
    return (id) => ['trong', 'khongapdung', 'ghichu'].includes(command) && id === asked;
  }
  if (event.type === 'text') return (id) => id === asked;
  const press = event.type === 'button' ? readAction(event.action) : undefined;
  if (press?.verb === 'blankRest') return (id) => answers[id]?.value === undefined;
  // A note is moved from the row named to the row answered before it.
  if (press?.verb === 'moveNote')
    return (id) => shortHash(id) === press.row || answers[id]?.value !== undefined;
  const writes = ['choose', 'blank', 'notApplicable', 'pending', 'take', 'verbatim', 'asNote'];
  return (id) => press !== undefined && writes.includes(press.verb) && shortHash(id) === press.row;
}

/** A stored value is read back from its own words, at once or as one of the readings offered. */
function survives(value: Value, indicator: Indicator, world: World): boolean {
  if (value.is === 'verbatim') return formatValue(value, indicator) === value.text;
  const reading = readAnswer(formatValue(value, indicator), indicator, {
    period: world.campaign.period,
    peers: [],
  });
  const offered =
    reading.is === 'ask'
      ? reading.readings.map((each) => each.value)
      : reading.is === 'reject'
        ? []
        : [reading.value];
  return offered.some((each) => sameValue(each, value));
}

const sameValue = (a: Value, b: Value): boolean =>
  a.is === 'number' && b.is === 'number'
    ? a.number === b.number && a.decimals === b.decimals
    : JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

function faultOf(message: Message): string | undefined {
  const text = plain(message);
  if (text.length > 4096) return `a message of ${text.length} characters`;
  if (text.trim() === '' && !message.file) return 'an empty message';
  for (const { label, action } of buttonsOf(message)) {
    if (label.trim() === '') return `a button without a label: ${action}`;
    if (!/^[\x20-\x7e]{1,64}$/.test(action)) return `a button with the action “${action}”`;
  }
  return undefined;
}

/** What is wrong after a step; [] when everything holds. */
async function stepFaults(walk: Walk, event: Event): Promise<string[]> {
  const { world, turns, thrown } = walk;
  const faults: string[] = [];
  const from = turns.length;
  const said = await world.send(event);
  if (thrown.length > 0) faults.push(`a flow threw: ${thrown.join(' ').slice(0, 600)}`);
  for (const { message } of said) faults.push(...[faultOf(message) ?? []].flat());
  const quiet = event.type === 'reachable' || (event.type === 'unsupported' && event.what === 'group');
  if (!quiet && !said.some((each) => each.conversation === event.conversation))
    faults.push('nothing was said');
  // The last load of the turn is what it was decided on.
  const known = walk.seen.loaded;
  const answers = known?.reports.find((each) => each.unit === 'u1')?.answers ?? {};
  for (const turn of turns.slice(from)) if (turn.session) reached.flows.add(turn.session.waiting.flow);
  const allowed = mayWrite(walk, event, known?.session, answers);
  for (const change of turns.slice(from).flatMap((turn) => turn.changes)) {
    reached.changes.add(change.type);
    if (change.type !== 'answer_set' && change.type !== 'answer_cleared') continue;
    if (!allowed(change.indicator))
      faults.push(`${change.indicator} was written although nobody asked or named it`);
    const row = world.template.byId.get(change.indicator);
    const value = change.type === 'answer_set' ? change.answer.value : undefined;
    if (value && row?.row === 'indicator' && !survives(value, row, world))
      faults.push(
        `${change.indicator}: ${JSON.stringify(value)} is not read back from “${formatValue(value, row)}”`,
      );
  }
  if (walk.random() < 0.35) faults.push(...(await placeFaults(walk, event.conversation)));
  if (walk.random() < 0.15) faults.push(...(await repeatFaults(walk, event)));
  return faults;
}

/** The place where we wait says something, and the session is plain data of bounded size. */
async function placeFaults(walk: Walk, conversation: string): Promise<string[]> {
  const session = walk.sessions.get(conversation);
  if (!session) return [];
  const copy = JSON.parse(JSON.stringify(session)) as Session;
  const faults: string[] = [];
  expect(copy).toEqual(session);
  if (JSON.stringify(session).length > 60_000) faults.push('the session has grown large');
  const prompt = promptOf(copy.waiting, await walk.world.facts(conversation));
  if (prompt.length === 0 || prompt.some((message) => plain(message).trim() === ''))
    faults.push('the place has no prompt');
  return [...faults, ...prompt.flatMap((message) => faultOf(message) ?? [])];
}

async function repeatFaults({ world, turns }: Walk, event: Event): Promise<string[]> {
  const from = turns.length;
  const said = await world.send(event);
  return said.length > 0 || turns.length > from ? ['a repeated event had an effect'] : [];
}

function countReached(event: Event): void {
  const words = event.type === 'text' ? event.text : event.type === 'button' ? event.action : '';
  const command = /^\s*\/(\w+)/.exec(words)?.[1];
  if (command && COMMANDS.includes(fold(command))) reached.commands.add(command);
  const verb = event.type === 'button' ? readAction(event.action)?.verb : undefined;
  if (verb) reached.verbs.add(verb);
}

const show = (event: Event): string => {
  const what =
    event.type === 'text' || event.type === 'edited'
      ? event.text.slice(0, 80)
      : event.type === 'button'
        ? event.action
        : event.type;
  return `${event.conversation} ${event.type} ${JSON.stringify(what)}`;
};

async function play(seed: number): Promise<string[]> {
  const walk = await begin(seed);
  const { random, world, done } = walk;
  for (let n = 0; n < STEPS; n++) {
    walk.clock += random() < 0.5 ? 60_000 : 0;
    world.setNow(new Date(walk.clock).toISOString());
    if (random() < 0.03) world.restart();
    const who = random();
    const name = who < 0.55 ? 'Lan' : who < 0.72 ? 'Minh' : who < 0.97 ? 'Dau' : 'La';
    const isOut = name !== 'La' && walk.sessions.get(`test:${name}`)?.waiting.flow === 'register';
    if (isOut && random() < 0.5) await world.join(name, name === 'Dau' ? 'coordinator' : 'officer');
    const again = done.length > 0 && random() < 0.05 ? pick(random, done) : undefined;
    const event = again ?? nextEvent(walk, name);
    const faults = again ? await repeatFaults(walk, again) : await stepFaults(walk, event);
    if (!again) done.push(event);
    countReached(event);
    if (faults.length > 0)
      return [`walk ${seed}, step ${n}: ${faults.join('; ')}`, ...done.slice(-6).map(show)];
  }
  return [];
}

describe('However people walk through the chat', () => {
  it('every property holds after every step', async () => {
    const failures: string[] = [];
    for (let seed = 1; seed <= WALKS; seed++) {
      const failure = await play(seed);
      if (failure.length > 0) failures.push(failure.join('\n  '));
    }
    expect(failures.length, failures.slice(0, 5).join('\n')).toBe(0);
  }, 60_000);

  it('and the walks have been everywhere', () => {
    expect([...reached.flows].sort()).toEqual(Object.keys(FLOWS).sort());
    expect([...reached.commands].sort()).toEqual([...COMMANDS].sort());
    expect([...reached.verbs].sort()).toEqual(Object.keys(VERBS).sort());
    const made = [
      'answer_set',
      'answer_cleared',
      'note_set',
      'explained',
      'overridden',
      'submitted',
      'withdrawn',
      'accepted',
      'returned',
      'reopened',
    ];
    expect([...reached.changes]).toEqual(expect.arrayContaining(made));
  });
});

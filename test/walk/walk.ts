// A random walk: who is in it, over which channel, and what is remembered of it from step to step.
import { pino } from 'pino';
import type { Change } from '../../src/domain/change.ts';
import type { Event, Message, Session } from '../../src/domain/conversation.ts';
import type { Loaded, Outgoing, Storage, Turn } from '../../storage/storage.ts';
import { type Document, readDocument, seeded } from '../support/officer.ts';
import { createWorld, type Seen, type World } from '../support/world.ts';

const START = '2024-06-10T01:00:00Z';
const FORM = 'so-cong-thuong-ha-nam';
export const document: Document = readDocument(FORM);

/** Names that stand in no conversation id and in no other words, so that what is left of somebody can be searched for. */
const PEOPLE = {
  Lan: { name: 'Trần Ngọc Lan', role: 'officer' },
  Minh: { name: 'Lê Quang Minh', role: 'officer' },
  Dau: { name: 'Phạm Thị Đầu', role: 'coordinator' },
} as const;
/** La is a stranger whom nobody ever invites. */
export type Name = keyof typeof PEOPLE | 'La';
export const MEMBERS = Object.keys(PEOPLE) as readonly Exclude<Name, 'La'>[];
export const fullName = (name: Name): string => (name === 'La' ? '' : PEOPLE[name].name);

export type Random = () => number;
export const pick = <T>(random: Random, from: readonly T[]): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** Steps of a walk by what happened, so that a failure can be read and repeated. */
export type Walk = {
  readonly seed: number;
  readonly random: Random;
  readonly world: World;
  readonly turns: Turn[];
  readonly thrown: string[];
  readonly done: Event[];
  /** The newest session of each conversation, and what the newest turn has looked at. */
  readonly sessions: Map<string, Session>;
  readonly seen: { loaded?: Loaded };
  /** Ids of the messages that a person has typed. */
  readonly typed: Map<string, string[]>;
  /** The newest message with choices that was said in answer to a person. */
  readonly asked: Map<string, Message>;
  clock: number;
};

/** One step as it was taken. `meant`: the event, or the choice that its words stand for; `shown`: what stood in the chat before. */
export type Taken = {
  readonly event: Event;
  readonly meant: Event;
  readonly shown: readonly Outgoing[];
  readonly known: Loaded;
  readonly said: readonly Seen[];
  readonly changes: readonly Change[];
  readonly now: string;
};

/** In every third walk the officers have no buttons, in every sixth the coordinator neither. */
export function conversationOf({ seed }: Pick<Walk, 'seed'>, name: Name): string {
  const isBare = seed % 3 === 0 && (name !== 'Dau' || seed % 2 === 0);
  return `${isBare ? 'bare' : 'test'}:${name}`;
}
export const isBare = (conversation: string): boolean => conversation.startsWith('bare:');

/** The walk over this store, before anybody has come in. */
export async function newWalk(seed: number, memory: Storage): Promise<Walk> {
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
    ...{ template: FORM, unit: document.unit, period: document.period, now: START, storage },
    units: seed % 8 === 6 ? more : [],
    log: pino({ level: 'error' }, { write: (line: string) => void thrown.push(line) }),
  });
  return {
    ...{ seed, random: seeded(seed), world, turns, thrown, sessions, seen, clock: Date.parse(START) },
    ...{ done: [], typed: new Map(), asked: new Map() },
  };
}

/** Lets somebody in by a fresh code; what is wrong when that does not work. */
export async function comeIn(walk: Walk, name: Exclude<Name, 'La'>): Promise<string[]> {
  const { world, sessions } = walk;
  const conversation = conversationOf(walk, name);
  const code = await world.invite(fullName(name), PEOPLE[name].role);
  remember(walk, conversation, await world.say(conversation, `/start ${code}`));
  const session = sessions.get(conversation);
  const isLocked = (session?.attempts?.count ?? 0) >= 5;
  return session?.person !== undefined || isLocked ? [] : [`a fresh code did not let ${name} in`];
}

/** Keeps what was asked of this person last, as long as we know who it is. */
export function remember({ asked, sessions }: Walk, conversation: string, said: readonly Seen[]): void {
  const own = said.filter((each) => each.conversation === conversation).map((each) => each.message);
  const newest = own.findLast((message) => (message.buttons ?? []).length > 0);
  if (newest) asked.set(conversation, newest);
  if (sessions.get(conversation)?.person === undefined) asked.delete(conversation);
}

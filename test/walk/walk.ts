// A random walk: who is in it, over which channel, and what is remembered of it from step to step.
import { pino } from 'pino';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Message, Session } from '../../src/domain/conversation.ts';
import type { Event, FileContent } from '../../src/domain/event.ts';
import { shortHash } from '../../src/domain/hash.ts';
import type { Person, Role, Unit } from '../../src/domain/people.ts';
import { reportId } from '../../src/domain/report.ts';
import type { Template, TemplateRef } from '../../src/domain/template.ts';
import type { Log } from '../../src/log.ts';
import type { Loaded, Outgoing, Storage, Turn } from '../../storage/storage.ts';
import { type Document, readDocument, seeded } from '../support/officer.ts';
import { allTemplates, createWorld, type Seen, type World } from '../support/world.ts';

const START = '2024-06-10T01:00:00Z';
const FORM = 'so-cong-thuong-ha-nam';
export const document: Document = readDocument(FORM);

/** `x4` reports in no period yet; `so2` and `y1` are another office and its commune, of which nobody below `so` may see anything. */
const UNITS: readonly Unit[] = [
  { id: 'x1', name: 'Xã Cồn Tiên', kind: 'xã', parent: 'so' },
  { id: 'x2', name: 'Xã Vân Hạ', kind: 'xã', parent: 'so' },
  { id: 'x3', name: 'Phường Lam Cốt', kind: 'phường', parent: 'so' },
  { id: 'x4', name: 'Xã Đá Bạc', kind: 'xã', parent: 'so' },
  { id: 'p1', name: 'Phòng Văn thư Hến', kind: 'phòng', parent: 'x1' },
  { id: 'so2', name: 'Sở Tài vụ Đông Hà', kind: 'sở' },
  { id: 'y1', name: 'Xã Ngoại Biên', kind: 'xã', parent: 'so2' },
];
const OWN_UNIT = 'Trung tâm Bảo Khê';
const OWN = 'u1';
/** Those of the period that is open from the beginning. */
const REPORTING: readonly string[] = [OWN, 'x1', 'x2', 'x3', 'p1'];

/** Names that stand in no conversation id and in no other words, so that what is left of somebody can be searched for. */
const PEOPLE = {
  Lan: { name: 'Trần Ngọc Lan', role: 'officer', unit: OWN },
  Minh: { name: 'Lê Quang Minh', role: 'officer', unit: OWN },
  Ut: { name: 'Cao Bảo Út', role: 'helper', unit: OWN },
  Dau: { name: 'Phạm Thị Đầu', role: 'coordinator', unit: 'so' },
  Duc: { name: 'Vũ Hữu Đức', role: 'leader', unit: OWN },
  Vy: { name: 'Hồ Sĩ Quýnh', role: 'viewer', unit: 'so' },
  Hoa: { name: 'Bùi Thị Mẫn', role: 'officer', unit: 'x1' },
  Chi: { name: 'Ngô Tú Khuê', role: 'coordinator', unit: 'x1' },
  Nga: { name: 'Đặng Bá Nghiêm', role: 'officer', unit: 'p1' },
  Sen: { name: 'Mạc Thúy Sen', role: 'officer', unit: 'x2' },
  Kha: { name: 'Mai Xuân Khoát', role: 'coordinator', unit: 'so2' },
  Oanh: { name: 'Tạ Đình Oánh', role: 'officer', unit: 'y1' },
} as const;
/** La is a stranger whom nobody ever invites. */
export type Name = keyof typeof PEOPLE | 'La';
export const MEMBERS = Object.keys(PEOPLE) as readonly Exclude<Name, 'La'>[];
export const fullName = (name: Name): string => (name === 'La' ? '' : PEOPLE[name].name);
export const roleOf = (name: Name): Role | undefined => (name === 'La' ? undefined : PEOPLE[name].role);

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
  readonly templates: readonly Template[];
  readonly log: Log;
  /** Everything said so far, oldest first. */
  readonly heard: Map<string, Message[]>;
  /** Every name that a unit or a person ever had, with the unit it belongs to, and the short names of all reports with theirs. */
  readonly names: Map<string, string>;
  readonly refs: Map<string, string>;
  /** Lists of units that lie with the platform, and files that are to be fetched. */
  readonly lists: Map<string, FileContent>;
  readonly errands: Errand[];
  /** The newest session of each conversation, and what the newest turn has looked at. */
  readonly sessions: Map<string, Session>;
  readonly seen: { loaded?: Loaded };
  /** Ids of the messages that a person has typed. */
  readonly typed: Map<string, string[]>;
  /** The newest message with choices that was said in answer to a person. */
  readonly asked: Map<string, Message>;
  clock: number;
};

export type Errand = { readonly conversation: string; readonly fetch: NonNullable<Message['fetch']> };

/** One step as it was taken. `before`: what was stored then. `meant`: the event, or the choice that its words stand for; `shown`: what stood in the chat before. */
export type Taken = {
  readonly event: Event;
  readonly meant: Event;
  readonly shown: readonly Outgoing[];
  readonly known: Loaded;
  readonly said: readonly Seen[];
  readonly changes: readonly Change[];
  readonly now: string;
  readonly before: Before;
  readonly form: (ref: TemplateRef) => Template | undefined;
};
export type Before = { readonly people: readonly Person[]; readonly units: readonly Unit[] };

/** In three of seven walks the coordinators do most. */
export const isOfficeWalk = ({ seed }: Pick<Walk, 'seed'>): boolean => seed % 7 < 3;

/** In every third walk the officers have no buttons, in every sixth, or where they do most, the coordinators neither. */
export function conversationOf(walk: Pick<Walk, 'seed'>, name: Name): string {
  const isLast = name !== 'Dau' || walk.seed % 2 === 0 || isOfficeWalk(walk);
  return `${walk.seed % 3 === 0 && isLast ? 'bare' : 'test'}:${name}`;
}
export const isBare = (conversation: string): boolean => conversation.startsWith('bare:');

/** The walk over this store, before anybody has come in. */
export async function newWalk(seed: number, memory: Storage): Promise<Walk> {
  const kept = {
    ...{ turns: [] as Turn[], thrown: [] as string[], done: [], errands: [], seen: {}, lists: new Map() },
    ...{ sessions: new Map(), heard: new Map(), typed: new Map(), asked: new Map(), refs: new Map() },
    names: new Map(Object.values(PEOPLE).map(({ name, unit }) => [name, unit])),
  } satisfies Partial<Walk>;
  // Nine more units make the coordinator's list longer than a page.
  const more = [...'ABCDEFGHI'].map((letter) => ({
    ...{ id: `d${letter}`, name: `Trạm Đo Mưa ${letter}`, kind: 'đơn vị', parent: 'so' },
  }));
  const longer = seed % 8 === 6 ? more : [];
  const storage = watched(kept, memory);
  const log = pino({ level: 'error' }, { write: (line: string) => void kept.thrown.push(line) });
  const world = await createWorld({
    ...{ template: FORM, unit: OWN_UNIT, period: document.period, now: START, storage },
    units: [...UNITS, ...longer],
    log,
  });
  const units = [...REPORTING, ...longer.map(({ id }) => id)];
  await setCampaign(world, { ...world.campaign, units });
  const templates = await allTemplates();
  return { ...kept, ...{ seed, random: seeded(seed), world, templates, log, clock: Date.parse(START) } };
}

/** The store, with an eye on everything that is read and written. */
function watched(walk: Pick<Walk, 'turns' | 'sessions' | 'seen' | 'asked'> & Told, memory: Storage): Storage {
  return {
    ...memory,
    load: async (ask) => {
      walk.seen.loaded = await memory.load(ask);
      return walk.seen.loaded;
    },
    commit: async (turn: Turn) => {
      const gone = await forgottenBy(turn, memory);
      const outcome = await memory.commit(turn);
      if (outcome !== 'done') return outcome;
      walk.turns.push(turn);
      for (const conversation of gone) {
        walk.sessions.delete(conversation);
        walk.asked.delete(conversation);
      }
      if (turn.session) walk.sessions.set(turn.conversation, turn.session);
      tellOf(turn, walk);
      return outcome;
    },
  };
}

type Told = Pick<Walk, 'heard' | 'names' | 'refs'>;

async function forgottenBy(turn: Turn, memory: Storage): Promise<readonly string[]> {
  const gone = turn.changes.flatMap((each) => (each.type === 'person_forgotten' ? [each.person] : []));
  if (gone.length === 0) return [];
  return (await memory.people()).filter(({ id }) => gone.includes(id)).flatMap((each) => each.conversations);
}

function tellOf({ changes, outgoing }: Turn, { heard, names, refs }: Told): void {
  for (const { conversation, message } of outgoing)
    heard.set(conversation, [...(heard.get(conversation) ?? []), message]);
  for (const change of changes) {
    if (change.type === 'unit_set') names.set(change.unit.name, change.unit.id);
    if (change.type !== 'campaign_set') continue;
    const { id, units } = change.campaign;
    for (const unit of units) refs.set(shortHash(reportId(id, unit)), unit);
  }
}

/** What an operator would do by the command line. */
export async function setCampaign({ storage, nextId }: World, campaign: Campaign): Promise<void> {
  await storage.commit({
    ...{ event: nextId(), at: campaign.createdAt, by: 'test', conversation: 'operator:test', outgoing: [] },
    changes: [{ type: 'campaign_set', campaign }],
    expects: { reports: {} },
  });
}

export const formOf = ({ templates }: Walk, ref: TemplateRef | undefined): Template | undefined =>
  templates.find(({ id, version }) => id === ref?.id && version === ref.version);

/** Lets somebody in by a fresh code; what is wrong when that does not work. */
export async function comeIn(walk: Walk, name: Exclude<Name, 'La'>): Promise<string[]> {
  const { world, sessions } = walk;
  const conversation = conversationOf(walk, name);
  const code = await world.invite(fullName(name), PEOPLE[name].role, PEOPLE[name].unit);
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

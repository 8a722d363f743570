// A small office for tests: the real shell and a memory store, a channel whose messages are read instead of sent, and a clock
// that tests move.
import { fileURLToPath } from 'node:url';
import type { Facts } from '../../flows/flow.ts';
import { createApp } from '../../src/app.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { sha256 } from '../../src/codes.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Button, Message } from '../../src/domain/conversation.ts';
import type { Event } from '../../src/domain/event.ts';
import { previousWith } from '../../src/domain/merged.ts';
import type { Role, Unit } from '../../src/domain/people.ts';
import { parsePeriod, usualCutoff } from '../../src/domain/period.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Template } from '../../src/domain/template.ts';
import { createLog, type Log } from '../../src/log.ts';
import { memoryStorage } from '../../storage/memory.ts';
import type { Storage } from '../../storage/storage.ts';
import { loadTemplates } from '../../templates/load.ts';
import { CAN } from './can.ts';

export const TIMEZONE = 'Asia/Ho_Chi_Minh';
const folder = fileURLToPath(new URL('../../templates', import.meta.url));

let loaded: Promise<readonly Template[]> | undefined;

/** All templates of the project, read once; a fault in one of them is a failure of the test that asks. */
export function allTemplates(): Promise<readonly Template[]> {
  loaded ??= readTemplates();
  return loaded;
}

async function readTemplates(): Promise<readonly Template[]> {
  const { templates, issues } = await loadTemplates(folder);
  if (issues.length > 0)
    throw new Error(issues.map((each) => `${each.file}:${each.line} ${each.message}`).join('\n'));
  return templates;
}

/** The text of a message as one string, bold marked with asterisks. */
export const plain = (message: Message): string =>
  message.text.map((span) => (typeof span === 'string' ? span : `*${span.bold}*`)).join('');

export const buttonsOf = (message: Message): readonly Button[] => (message.buttons ?? []).flat();

export type Seen = { readonly conversation: string; readonly message: Message };

export type World = {
  readonly storage: Storage;
  readonly template: Template;
  readonly campaign: Campaign;
  readonly unit: Unit;
  /** Lets a person in and returns the conversation, "test:<name>" or on the channel "bare", which has no buttons. */
  join(name: string, role?: Role, unit?: string, channel?: 'test' | 'bare'): Promise<string>;
  /** Makes an invitation and returns its code. */
  invite(name: string, role?: Role, unit?: string): Promise<string>;
  /** Sends any event and returns everything said because of it, to whomever. */
  send(event: Event): Promise<readonly Seen[]>;
  /** Types words. `message` is the platform's id of the typed message. */
  say(conversation: string, text: string, message?: string): Promise<readonly Seen[]>;
  /** Presses the newest button in that conversation whose label begins with these words, or carries this action. */
  press(conversation: string, label: string): Promise<readonly Seen[]>;
  /** Everything said so far in a conversation, oldest first. */
  transcript(conversation: string): readonly Message[];
  report(): Promise<Report>;
  setNow(instant: string): void;
  /** Everything a turn in this conversation would know now. */
  facts(conversation: string): Promise<Facts>;
  /** The program ends and starts anew over the same store. */
  restart(): void;
  nextId(): string;
};

type Setup = {
  template: string;
  unit: string;
  period: string;
  now: string;
  due?: string;
  units?: readonly Unit[];
  storage?: Storage;
  log?: Log;
};

export async function createWorld(setup: Setup): Promise<World> {
  const templates = await allTemplates();
  const template = templates.find((each) => each.id === setup.template);
  const period = parsePeriod(setup.period);
  if (!template || !period) throw new Error(`no template ${setup.template} or period ${setup.period}`);
  let now = new Date(setup.now);
  let counter = 0;
  const storage = setup.storage ?? memoryStorage();
  const unit: Unit = { id: 'u1', name: setup.unit, kind: 'đơn vị', parent: 'so' };
  const office: Unit = { id: 'so', name: 'Sở Nội vụ', kind: 'sở' };
  const units = [office, unit, ...(setup.units ?? [])];
  const campaign: Campaign = {
    id: 'k1',
    template: { id: template.id, version: template.version },
    period,
    due: setup.due ?? new Date(now.getTime() + 3 * 86_400_000).toISOString(),
    cutoff: usualCutoff(period),
    units: units.filter((each) => each.id !== 'so').map((each) => each.id),
    createdAt: now.toISOString(),
  };
  const change = (changes: readonly Change[]) => {
    counter += 1;
    return storage.commit({
      event: `setup:${counter}`,
      at: now.toISOString(),
      by: 'test',
      conversation: 'operator:test',
      changes,
      outgoing: [],
      expects: { reports: {} },
    });
  };
  await change([
    ...units.map((each): Change => ({ type: 'unit_set', unit: each })),
    { type: 'campaign_set', campaign },
  ]);
  const start = () =>
    createApp({
      storage,
      templates,
      channels: [testChannel, bareChannel],
      deliverer: { wake: () => {}, resume: () => {}, stop: async () => {} },
      timezone: TIMEZONE,
      holidays: {},
      now: () => now,
      log: setup.log ?? createLog('silent'),
    });
  let app = start();
  const heard = new Map<string, Message[]>();
  const nextId = () => {
    counter += 1;
    return `test:${counter}`;
  };

  async function send(event: Event): Promise<readonly Seen[]> {
    await app.receive(event);
    const unsent = await storage.unsent();
    for (const out of unsent) {
      await storage.markSent(out.id, { outcome: 'sent', platform: out.id });
      heard.set(out.conversation, [...(heard.get(out.conversation) ?? []), out.message]);
    }
    return unsent.map(({ conversation, message }) => ({ conversation, message }));
  }
  const base = (conversation: string) => ({ id: nextId(), conversation, at: now.toISOString() });

  const world: World = {
    storage,
    template,
    campaign,
    unit,
    async invite(name, role = 'officer', at = role === 'officer' || role === 'leader' ? 'u1' : 'so') {
      const code = `code${nextId().replace(':', '')}xxxxxxxxxxxxxxxxxxxx`;
      const expiresAt = new Date(now.getTime() + 7 * 86_400_000).toISOString();
      await change([
        {
          type: 'invitation_set',
          invitation: { id: sha256(code), unit: at, role, name, createdAt: now.toISOString(), expiresAt },
        },
      ]);
      return code;
    },
    async join(name, role, at, channel = 'test') {
      const code = await world.invite(name, role, at);
      const conversation = `${channel}:${name}`;
      await world.say(conversation, `/start ${code}`);
      return conversation;
    },
    send,
    say: (conversation, text, message) =>
      send({ ...base(conversation), type: 'text', text, ...(message === undefined ? {} : { message }) }),
    press(conversation, label) {
      const all = (heard.get(conversation) ?? []).flatMap(buttonsOf);
      const found = all.findLast((each) => each.label.startsWith(label) || each.action === label);
      if (!found)
        throw new Error(
          `no button “${label}”; there are: ${all
            .slice(-12)
            .map((each) => each.label)
            .join(' | ')}`,
        );
      return send({ ...base(conversation), type: 'button', action: found.action });
    },
    transcript: (conversation) => heard.get(conversation) ?? [],
    async report() {
      const report = await storage.report(`${campaign.id}/${unit.id}`);
      if (!report) throw new Error('nobody has begun the report');
      return report;
    },
    setNow: (instant) => {
      now = new Date(instant);
    },
    async facts(conversation) {
      const { handled: _, session: __, ...known } = await storage.load({ conversation, event: 'facts' });
      const recent = await storage.recent(known.person?.unit ?? '');
      return {
        ...known,
        previous: previousWith(known.previous, known.merged, known.person?.unit, () => template),
        now: now.toISOString(),
        timezone: TIMEZONE,
        holidays: {},
        fresh: 'fresh',
        template: (ref) => templates.find((each) => each.id === ref.id && each.version === ref.version),
        templates: templates.map(({ id, version, name, indicators }) => ({
          ...{ id, version, name },
          indicators: indicators.length,
        })),
        digest: sha256,
        links: () => [],
        notices: [],
        histories: {},
        recent: () => recent,
      };
    },
    restart: () => {
      app = start();
    },
    nextId,
  };
  return world;
}

/** A channel without buttons and editing, on which messages may overtake each other. */
const BARE = { ...CAN, buttons: 0, edit: false, ordered: false, text: 2000 };
const testChannel: Channel = {
  name: 'test',
  can: CAN,
  start: async () => {},
  send: async () => ({ outcome: 'sent' }),
  inviteLink: (code) => `https://bot.example/i/${code}`,
  notices: () => [],
  stop: async () => {},
};
const bareChannel: Channel = { ...testChannel, name: 'bare', can: BARE };

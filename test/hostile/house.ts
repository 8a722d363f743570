// A whole house for hostile input: the real shell and the real routes of every channel over a memory store, with an attacker and an
// honest officer on each platform.
import { createHash } from 'node:crypto';
import { createApp } from '../../src/app.ts';
import type { Can, Channel } from '../../src/channels/channel.ts';
import { createIncoming } from '../../src/channels/telegram-incoming.ts';
import { addWebhook } from '../../src/channels/telegram-webhook.ts';
import { createWebChannel } from '../../src/channels/web.ts';
import { createUploads } from '../../src/channels/web-uploads.ts';
import { toEvent as botEvent } from '../../src/channels/zalo-bot-events.ts';
import { addZaloBotWebhook } from '../../src/channels/zalo-bot-webhook.ts';
import { addZaloOaWebhook } from '../../src/channels/zalo-oa-webhook.ts';
import { sha256 } from '../../src/codes.ts';
import type { Change, Recorded } from '../../src/domain/change.ts';
import { parsePeriod, usualCutoff } from '../../src/domain/period.ts';
import type { Flood } from '../../src/flood.ts';
import { createServer } from '../../src/server.ts';
import { memoryStorage } from '../../storage/memory.ts';
import type { Storage } from '../../storage/storage.ts';
import { uploadsFolder } from '../../storage/uploads-folder.ts';
import { CAN } from '../support/can.ts';
import { allTemplates, TIMEZONE } from '../support/world.ts';

export const PLATFORMS = ['telegram', 'zalo-oa', 'zalo-bot', 'web'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Who sends: an officer who has joined, somebody unknown, and the honest officer of another unit. */
export type Who = 'officer' | 'stranger' | 'honest';

const APP = '1111111111111111111';
export const OA = '3333333333333333333';
const SECRET = 'mot-khoa-bi-mat-dai-0123456789';
const HOME = 'http://localhost';
const FORM = 'ubnd-thi-xa-nga-nam';
const PATHS = {
  telegram: '/webhook/telegram',
  'zalo-oa': '/webhook/zalo-oa',
  'zalo-bot': '/webhook/zalo-bot',
  web: '/api/send',
} as const;
/** Ids that every platform takes; a web visitor has them from the cookie. */
const IDS: Readonly<Record<Who, string>> = { officer: '7001', stranger: '7002', honest: '7003' };

/** Without edits, buttons or order, as Zalo is. */
const BARE: Can = { ...CAN, buttons: 0, edit: false, ordered: false, text: 2000 };
const CANS: Readonly<Record<Platform, Can>> = {
  telegram: CAN,
  'zalo-oa': { ...BARE, buttons: 5 },
  'zalo-bot': BARE,
  web: { ...CAN, history: false, text: Number.POSITIVE_INFINITY },
};

/** Where each platform shows that it is itself; for the web the headers of our page. */
export const SECRET_HEADERS = {
  telegram: 'X-Telegram-Bot-Api-Secret-Token',
  'zalo-oa': 'X-ZEvent-Signature',
  'zalo-bot': 'X-Bot-Api-Secret-Token',
  web: { 'content-type': 'application/json', 'x-chitieu': '1', origin: HOME },
} as const;

export type Post = {
  readonly body: string | Uint8Array;
  readonly who?: Who;
  /** Instead of the right secret, signature or headers of our page. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  /** The connection, as the server of Node tells it. */
  readonly env?: object;
};

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Nothing of it is left when nobody holds it any more. */
export async function openHouse({ flood }: { flood?: Flood } = {}) {
  const templates = await allTemplates();
  const memory = memoryStorage();
  let isAway = false;
  const storage: Storage = {
    ...memory,
    commit: async (turn) => {
      if (isAway) throw new Error('the disk is full');
      return memory.commit(turn);
    },
  };
  const told: { readonly text: string; readonly fields: unknown }[] = [];
  const quiet = () => {};
  const note = (fields: object, text: string) => void told.push({ fields, text });
  const log = { info: quiet, debug: quiet, warn: quiet, error: note };
  const channels = PLATFORMS.map(
    (name): Channel => ({
      ...{ name, can: CANS[name], start: async () => {}, send: async () => ({ outcome: 'sent' }) as const },
      ...{ inviteLink: () => undefined, notices: () => [], stop: async () => {} },
    }),
  );
  const app = createApp({
    ...{ storage, templates, channels, timezone: TIMEZONE, holidays: {}, now: () => new Date() },
    deliverer: { wake: quiet, resume: quiet, stop: async () => {} },
    ...(flood ? { flood } : {}),
    log: log as never,
  });
  const incoming = createIncoming({ answerCallbackQuery: async () => true } as never, log);
  incoming.open(app.receive);
  const web = createWebChannel({
    ...{ transcript: storage.transcript, makeFile: async () => undefined },
    ...{ makePictures: async () => undefined, publicUrl: HOME, secureCookie: false, log },
    files: {
      uploads: createUploads(uploadsFolder('/nowhere')),
      isKnown: async (conversation) => (await storage.load({ conversation, event: '' })).person !== undefined,
    },
  });
  await web.start(app.receive);
  const webhooks = {
    routes(hono: Parameters<typeof addWebhook>[0]) {
      addWebhook(hono, SECRET, incoming.take, log);
      const keys = { appId: APP, oaId: OA, oaSecret: SECRET };
      addZaloOaWebhook(hono, { ...keys, take: app.receive, log });
      const eventOf = (update: Readonly<Record<string, unknown>>) => botEvent(update, new Date());
      addZaloBotWebhook(hono, { secret: SECRET, eventOf, receive: app.receive, deadline: 1_700, log });
    },
  };
  const { app: server } = createServer({
    ...{ routes: [web, webhooks], health: () => ({}), host: '0.0.0.0', port: 0, log },
  });
  await open(storage);
  const cookies = new Map<Who, string>();
  const house = {
    storage,
    storeIsAway(is: boolean): void {
      isAway = is;
    },
    /** What was logged as an error: a flow that threw, a turn that was not stored, a request that failed. */
    told,
    async post(platform: Platform, { body, who = 'officer', headers, path = PATHS[platform], env }: Post) {
      const good = headers ?? rightHeaders(platform, body);
      const cookie = platform === 'web' ? { cookie: cookies.get(who) ?? '' } : {};
      const sent = typeof body === 'string' ? body : body.slice();
      const request = { method: 'POST', body: sent, headers: { ...cookie, ...good } };
      return server.request(`${HOME}${path}`, request, env);
    },
    /** Types words as somebody; the status of the answer. */
    async say(platform: Platform, who: Who, text: string): Promise<number> {
      const update = JSON.stringify(typed(platform, who, text));
      return (await house.post(platform, { who, body: update })).status;
    },
    /** The platform's envelope around these words. */
    typed,
    signed: (body: string | Uint8Array) => rightHeaders('zalo-oa', body),
    request: (path: string, how?: RequestInit) => server.request(`${HOME}${path}`, how),
    cookieOf: (who: Who) => cookies.get(who) ?? '',
    async history(who: 'officer' | 'honest', platform: Platform): Promise<readonly Recorded[]> {
      const unit = unitOf(platform, who);
      return storage.history(`${unit}/${unit}`);
    },
    /** Everything waiting to be sent is taken as sent, and given. */
    async heard() {
      const unsent = await storage.unsent();
      for (const { id } of unsent) await storage.markSent(id, { outcome: 'sent' });
      return unsent;
    },
  };
  for (const who of ['officer', 'stranger', 'honest'] as const) {
    const token = createHash('sha256').update(who).digest('base64url');
    cookies.set(who, `ct=${token}`);
    if (who === 'stranger') continue;
    for (const platform of PLATFORMS) await house.say(platform, who, `/start ${codeOf(platform, who)}`);
  }
  await house.heard();
  return house;
}

const unitOf = (platform: Platform, who: Who): string => `${who}-${platform}`;
const codeOf = (platform: Platform, who: Who): string => `code-of-${unitOf(platform, who)}-22-letters`;

/** A unit, a period and an invitation for both officers on every platform. */
async function open(storage: Storage): Promise<void> {
  const period = parsePeriod('2026-Q1');
  if (!period) throw new Error('no period');
  const [at = '', later = ''] = [0, 3].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  const changes = PLATFORMS.flatMap((platform) =>
    (['officer', 'honest'] as const).flatMap((who): Change[] => {
      const id = unitOf(platform, who);
      const template = { id: FORM, version: 1 };
      const campaign = { id, template, period, due: later, cutoff: usualCutoff(period), units: [id] };
      const invitation = { id: sha256(codeOf(platform, who)), unit: id, role: 'officer', name: who } as const;
      return [
        { type: 'unit_set', unit: { id, name: `UBND ${id}`, kind: 'xã' } },
        { type: 'campaign_set', campaign: { ...campaign, createdAt: at } },
        { type: 'invitation_set', invitation: { ...invitation, createdAt: at, expiresAt: later } },
      ];
    }),
  );
  const turn = { event: 'open', at, by: 'test', conversation: 'operator:test', changes };
  await storage.commit({ ...turn, outgoing: [], expects: { reports: {} } });
}

function rightHeaders(platform: Platform, body: string | Uint8Array): Record<string, string> {
  switch (platform) {
    case 'telegram':
      return { [SECRET_HEADERS.telegram]: SECRET };
    case 'zalo-bot':
      return { [SECRET_HEADERS['zalo-bot']]: SECRET };
    case 'web':
      return { ...SECRET_HEADERS.web };
    case 'zalo-oa':
      return { [SECRET_HEADERS['zalo-oa']]: `mac=${sign(body)}` };
  }
}

/** As Zalo signs, over the time in the body, where one can be found. */
function sign(body: string | Uint8Array): string {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  let time = '';
  try {
    time = String((JSON.parse(text) as { timestamp?: unknown }).timestamp ?? '');
  } catch {
    // Nothing that could be signed.
  }
  return createHash('sha256').update(APP).update(body).update(time).update(SECRET).digest('hex');
}

let counter = 0;

export function typed(platform: Platform, who: Who, text: unknown): Record<string, unknown> {
  counter += 1;
  const id = IDS[who];
  switch (platform) {
    case 'telegram': {
      const person = { id: Number(id), is_bot: false, first_name: 'Lan' };
      const chat = { id: Number(id), type: 'private', first_name: 'Lan' };
      const date = Math.floor(Date.now() / 1000);
      return { update_id: counter, message: { message_id: counter, from: person, chat, date, text } };
    }
    case 'zalo-oa':
      return {
        ...{ event_name: 'user_send_text', app_id: APP, sender: { id }, recipient: { id: OA } },
        ...{ message: { msg_id: `m${counter}`, text }, timestamp: String(Date.now()) },
      };
    case 'zalo-bot': {
      const from = { id, is_bot: false, display_name: 'Lan' };
      const message = { message_id: `m${counter}`, from, chat: { id, chat_type: 'PRIVATE' }, text };
      return { event_name: 'message.text.received', message: { ...message, date: Date.now() } };
    }
    case 'web':
      return { id: `n${counter}`, text };
  }
}

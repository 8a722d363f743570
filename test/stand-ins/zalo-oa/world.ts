// What the Zalo stand-in keeps: people and what they see, tokens, uploads, templates, calls, and a clock that can be moved.
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Fault, type Options, USUAL } from './options.ts';

export type Button = { readonly title: string; readonly type: string; readonly payload: unknown };

/** A message from the OA as the person sees it. `at`: ms of the stand-in's clock. */
export type Seen = {
  readonly id: string;
  readonly at: number;
  readonly kind: 'text' | 'file' | 'image' | 'gif' | 'sticker' | 'request' | 'template';
  readonly text: string;
  readonly buttons: readonly Button[];
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Buffer };
  readonly image?: Buffer;
  /** The address or sticker id when it is not an upload. */
  readonly url?: string;
  readonly quote?: string;
  /** What paid for it; missing when it cost money (`charged`). */
  readonly quotaType?: string;
  readonly charged: boolean;
  /** A human wrote it in the OA's console. */
  readonly human?: true;
  readonly template?: { readonly id: string; readonly data: Readonly<Record<string, string>> };
  /** It came at night: no sound. */
  readonly silent?: true;
};

export type Person = {
  readonly id: string;
  readonly byApp: string;
  readonly name: string;
  /** 84… */
  readonly phone: string;
  readonly inbox: Seen[];
  /** Ids of the messages that the person wrote. */
  readonly said: Set<string>;
  follower: boolean;
  /** Unfollowed and did not come back. */
  left: boolean;
  lastInteraction: number | undefined;
  /** Welcome messages left. */
  welcome: number;
  /** The refusal for messages to this person. */
  blocked: number | undefined;
  shared: Readonly<Record<string, unknown>> | undefined;
};

export type Asset = {
  readonly kind: 'file' | 'image' | 'gif';
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly at: number;
};

/** A template as registered and judged by Zalo. `text` shows parameters as `<name>`. */
export type Template = {
  readonly id: string;
  readonly text?: string;
  readonly params: readonly {
    readonly name: string;
    readonly maxLength: number;
    readonly required?: boolean;
  }[];
  /** May be sent by user id (true when missing). */
  readonly uid?: boolean;
  /** By phone not between 22:00 and 06:00 (true when missing). */
  readonly phoneAtDay?: boolean;
  readonly status?: 'ENABLE' | 'PENDING_REVIEW' | 'REJECT' | 'DISABLE';
};

export type Host = 'api' | 'oauth' | 'zbs';

/** A request that reached us. `error`: what it was answered with, 0 for success, undefined when there was no such answer. */
export type Call = {
  readonly host: Host;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** Read as JSON or form; an upload is `{ file: { name, size } }`. */
  body: unknown;
  readonly raw: Buffer;
  readonly at: number;
  error: number | undefined;
};

type Pair = { readonly access: string; readonly refresh: string; readonly issued: number };

type Code = { readonly challenge: string | undefined; readonly at: number };

/** An event on its way to the bot's webhook. `queue`: events of one queue are delivered one after the other. */
export type Event = {
  readonly name: string;
  readonly queue: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** It comes from the template service. */
  readonly zns?: true;
};

export type World = {
  readonly oaId: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly oaSecret: string;
  options: Options;
  /** How far the clock was moved, in ms. */
  moved: number;
  readonly people: Map<string, Person>;
  readonly assets: Map<string, Asset>;
  readonly templates: Map<string, Template>;
  readonly calls: Call[];
  readonly faults: Map<string, Fault[]>;
  pair: Pair;
  /** Every access token there ever was, and every refresh token. */
  readonly issued: Set<string>;
  readonly codes: Map<string, Code>;
  refreshes: number;
  refusedRefreshes: number;
  minute: number;
  usedInMinute: number;
  usedSubQuota: number;
  /** Messages that cost money. */
  charged: number;
  /** Delivers an event to the bot's webhook. */
  emit(event: Event): void;
};

/** `at`: where the clock begins, in ms; it runs from there. */
export function createWorld(at: number | undefined): World {
  return {
    oaId: '3141592653589793238',
    appId: '2718281828459045235',
    appSecret: randomToken(15),
    oaSecret: randomToken(15),
    options: USUAL,
    moved: at === undefined ? 0 : at - Date.now(),
    people: new Map(),
    assets: new Map(),
    templates: new Map(),
    calls: [],
    faults: new Map(),
    pair: { access: '', refresh: '', issued: 0 },
    issued: new Set(),
    codes: new Map(),
    refreshes: 0,
    refusedRefreshes: 0,
    minute: 0,
    usedInMinute: 0,
    usedSubQuota: 0,
    charged: 0,
    emit() {},
  };
}

/** Milliseconds of the stand-in's own clock. */
export const now = (world: World): number => Date.now() + world.moved;

/** 22:00 to 06:00 in Viet Nam. */
export function isNight(world: World): boolean {
  const hour = new Date(now(world) + 7 * 3_600_000).getUTCHours();
  return hour < 6 || hour >= 22;
}

export const randomToken = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Twenty hex digits, as Zalo's message ids are. */
export const newMessageId = (): string => randomBytes(10).toString('hex');

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

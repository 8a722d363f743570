// What the Telegram stand-in keeps: chats, messages, updates not yet confirmed, and the troubles it was told to make.
import type { Upload } from './files.ts';

/** The Bot API's refusal; becomes `{ ok: false, error_code, description, parameters }`. */
export class ApiError extends Error {
  readonly code: number;
  readonly retryAfter: number | undefined;
  constructor(code: number, description: string, retryAfter?: number) {
    super(description);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

type SeenDocument = { readonly name: string; readonly type: string; readonly bytes: Buffer };

/** A message as the person sees it in the chat. `text` is what remains when the markup is read; `bold` are its bold parts. */
export type Seen = {
  readonly id: number;
  readonly from: 'bot' | 'person';
  readonly date: number;
  text: string;
  bold: string[];
  buttons: { label: string; data: string }[][];
  edited: boolean;
  document?: SeenDocument;
  photo?: SeenDocument;
};

export type Chat = {
  readonly id: number;
  readonly type: 'private' | 'group';
  readonly messages: Seen[];
  blocked: boolean;
  deactivated: boolean;
};

export type Update = { readonly update_id: number; readonly [kind: string]: unknown };

/**
 * A trouble for the next calls of a method. refuse: an answer with this code; gateway: a web page with 502 in place of the Bot API;
 * redirect: a network in between sends the bot elsewhere; hang: no answer; drop-before and drop-after: the connection breaks before or after the call was carried out.
 */
export type Fault =
  | {
      readonly kind: 'refuse';
      readonly code: number;
      readonly description: string;
      readonly retryAfter?: number;
    }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'gateway' | 'hang' | 'drop-before' | 'drop-after' };

/** An open long poll. */
type Waiting = { answer(updates: Update[]): void; refuse(error: ApiError): void };

type Commands = { command: string; description: string }[];

type Webhook = { url: string; secret: string; connections: number };

export type Params = Record<string, unknown>;
export type Files = Map<string, SeenDocument>;

export type World = {
  readonly bot: { readonly id: number; readonly username: string };
  readonly chats: Map<number, Chat>;
  /** Not yet confirmed, oldest first. */
  readonly updates: Update[];
  /** Ids of presses that still show their little clock. */
  readonly presses: Set<string>;
  readonly faults: Map<string, Fault[]>;
  /** Every call that reached us, in order. */
  readonly calls: { method: string; params: Params }[];
  commands: Commands;
  /** The menus of single chats, by their id. */
  readonly menus: Map<number, Commands>;
  /** What people sent, by file_id. */
  readonly uploads: Map<string, Upload>;
  /** What the bot asked to be told; undefined: everything. */
  allowed: readonly string[] | undefined;
  webhook: Webhook | undefined;
  waiting: Waiting | undefined;
  /** Every update is delivered a second time. */
  redeliver: boolean;
  readonly again: Update[];
  nextUpdate: number;
  nextMessage: number;
  /** Called when an update was added or the webhook changed. */
  wake(): void;
};

export function createWorld(username: string): World {
  return {
    bot: { id: 7000, username },
    chats: new Map(),
    updates: [],
    presses: new Set(),
    faults: new Map(),
    calls: [],
    commands: [],
    menus: new Map(),
    uploads: new Map(),
    allowed: undefined,
    webhook: undefined,
    waiting: undefined,
    redeliver: false,
    again: [],
    nextUpdate: 9001,
    nextMessage: 1,
    wake() {},
  };
}

/** Adds an update of this kind, unless the bot asked not to be told. */
export function addUpdate(world: World, kind: string, content: object): void {
  if (world.allowed && !world.allowed.includes(kind)) return;
  world.updates.push({ update_id: world.nextUpdate++, [kind]: content });
  world.wake();
}

/** Unix seconds. */
export function now(): number {
  return Math.floor(Date.now() / 1000);
}

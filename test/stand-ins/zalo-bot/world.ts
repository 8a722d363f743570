// What the Zalo Bot stand-in keeps: chats, updates nobody has read yet, the webhook, and the troubles it was told to make.
import { createHash } from 'node:crypto';

/** The platform's refusal; becomes `{ ok: false, error_code, description }`. */
export class ApiError extends Error {
  readonly code: number;
  constructor(code: number, description: string) {
    super(description);
    this.code = code;
  }
}

/** How the stand-in behaves where the real platform is not known, or differs from its documentation. */
export type Settings = {
  /** Webhook bodies as `{ ok, result: update }` instead of the bare update. */
  wrapped: boolean;
  /** Every update that happens from now on comes twice. */
  duplicates: boolean;
  /** The field that carries the address of a person's picture: documented `photo`, observed `photo_url`. */
  photoField: 'photo' | 'photo_url';
  /** Messages the bot may send altogether; every further one is refused with 429. */
  quota: number;
  /** Milliseconds an empty poll is held, in place of the `timeout` (seconds) the bot asks for. */
  pollMs: number | undefined;
  /** Milliseconds before each further attempt at a webhook that did not answer 2xx; after the last one it gives up. */
  retryLadder: readonly number[];
  /** Milliseconds a webhook has for its answer. */
  answerMs: number;
  /** An error's HTTP status is its error_code instead of 200. */
  mirrorStatus: boolean;
  /** Plain http://127.0.0.1 is accepted for the webhook and for pictures. */
  local: boolean;
  /** Where public origins are found on this machine: `{ 'https://bot.example': 'http://127.0.0.1:4000' }`. */
  hosts: Readonly<Record<string, string>>;
  /** getUpdates as in the documentation's sample: no event_name, and `first_name` for `display_name`. */
  sparsePoll: boolean;
};

/** A message of the bot as it stands in a chat. `text` (of a photo: its caption) is what remains when the markup is read. */
export type Seen = {
  readonly kind: 'text' | 'photo' | 'sticker' | 'voice';
  readonly text: string;
  /** The bold parts of the text. */
  readonly bold: readonly string[];
  readonly photoUrl?: string;
  readonly photo?: Buffer;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
};

export type Chat = {
  readonly id: string;
  readonly type: 'PRIVATE' | 'GROUP';
  readonly messages: Seen[];
  /** What a send is refused with since the person blocked the bot. */
  blocked: { readonly code: number; readonly description: string } | undefined;
};

export type Update = {
  readonly event_name: string;
  readonly message?: {
    readonly message_id: string;
    readonly date: number;
    readonly from: { readonly id: string; readonly display_name: string; readonly is_bot: boolean };
    readonly chat: { readonly id: string; readonly chat_type: Chat['type'] };
    readonly [content: string]: unknown;
  };
};

/** One POST to the webhook. `status` 0: no answer came. `attempt` counts from 1 for each update. */
export type Delivery = {
  readonly event: string;
  readonly messageId: string | undefined;
  readonly attempt: number;
  readonly status: number;
  readonly ms: number;
};

/**
 * A trouble for the next calls of a method. refuse: an answer with this code; gateway: a web page with 502 in place of the API;
 * hang: no answer; drop-before and drop-after: the connection breaks before or after the call was carried out.
 */
export type Fault =
  | { readonly kind: 'refuse'; readonly code: number; readonly description: string }
  | { readonly kind: 'gateway' | 'hang' | 'drop-before' | 'drop-after' };

export type Params = Record<string, unknown>;

export type World = {
  readonly settings: Settings;
  /** Chats in which somebody wrote to the bot; it can send to no other. */
  readonly chats: Map<string, Chat>;
  /** Neither read by a poll nor handed to a webhook, oldest first. */
  readonly queue: { readonly chat: string; readonly update: Update }[];
  readonly faults: Map<string, Fault[]>;
  /** Every call with the right token, in order. */
  readonly calls: { readonly method: string; readonly params: Params }[];
  readonly deliveries: Delivery[];
  webhook: { readonly url: string; readonly secret_token: string } | undefined;
  webhookChanged: number;
  /** The open poll. */
  waiting: { wake(): void; refuse(error: ApiError): void } | undefined;
  sent: number;
  ids: number;
  /** Called when an update was added or the webhook changed. */
  wake(): void;
  /** Called when an update was read, accepted or given up. */
  done(): void;
};

export function createWorld(settings: Partial<Settings>): World {
  return {
    settings: {
      wrapped: true,
      duplicates: false,
      photoField: 'photo',
      quota: Number.POSITIVE_INFINITY,
      pollMs: undefined,
      retryLadder: [50, 100, 200, 400],
      answerMs: 10_000,
      mirrorStatus: false,
      local: true,
      hosts: {},
      sparsePoll: false,
      ...settings,
    },
    chats: new Map(),
    queue: [],
    faults: new Map(),
    calls: [],
    deliveries: [],
    webhook: undefined,
    webhookChanged: Date.now(),
    waiting: undefined,
    sent: 0,
    ids: 0,
    wake() {},
    done() {},
  };
}

/** A fresh id that looks like Zalo's: 20 hexadecimal digits, in no order. */
export function newId(world: World): string {
  return createHash('sha256')
    .update(`id ${world.ids++}`)
    .digest('hex')
    .slice(0, 20);
}

export function bad(what: string): ApiError {
  return new ApiError(400, `Bad Request: ${what}`);
}

/** Whether the platform would take this address: public https, or this machine when the settings allow it. */
export function isPublic({ settings }: World, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (settings.local && protocol === 'http:' && hostname === '127.0.0.1') return true;
  return protocol === 'https:' && !/^(localhost|127\.|10\.|192\.168\.|\[)/.test(hostname);
}

/** The address to call for a public one; undefined when nothing is there (the stand-in never leaves this machine). */
export function reach(world: World, url: string): string | undefined {
  if (!isPublic(world, url)) return undefined;
  const { origin, protocol } = new URL(url);
  if (protocol === 'http:') return url;
  const here = world.settings.hosts[origin];
  return here === undefined ? undefined : here + url.slice(origin.length);
}

// What a channel is: it turns a platform's payloads into events and sends messages, and says what it can do.
import type { ChannelState, Hold, Notice } from '../domain/channel-state.ts';
import type { Message } from '../domain/conversation.ts';
import type { Event } from '../domain/event.ts';
import type { Role } from '../domain/people.ts';

type FileFormat = 'xlsx' | 'pdf' | 'docx';

/** A file as made for sending. `name` is ASCII and ends as its type asks. */
export type SendFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array };

/** What a channel can do; only the shell and the channels look at it, flows never do. */
export type Can = {
  /** Most buttons under one message; 0: choices are marked in the text. It may change while running, when a platform refuses them. */
  readonly buttons: number;
  readonly edit: boolean;
  /** The files that it sends a table as, best first: the next one when the platform refuses those before. */
  readonly files: readonly FileFormat[];
  /** How it sends pictures, also those of a table when it can send none of these files: uploaded, or as links that the platform fetches. */
  readonly pictures: 'upload' | 'link' | 'none';
  /** Longest text of one message, in UTF-16 units of its NFC form; Infinity when a message is never cut. */
  readonly text: number;
  /** The channel shows what the person typed by itself (false: the shell keeps it for the transcript). */
  readonly history: boolean;
  /** Events come in the order in which people made them. */
  readonly ordered: boolean;
  /** How many hours after a person's last word it may write, free and for money. Left out: always. */
  readonly window?: { readonly free: number; readonly paid: number };
  /** Most messages a minute to everybody together, after a burst; its pace is made of the same number. Left out: as many as there are. */
  readonly rate?: number;
};

/**
 * What became of one send. `seconds`: how long the platform asked us to wait.
 * unknown: it may have arrived (connection lost after sending). held: kept until the person is heard from again, or tried
 * once more after `seconds`; `knocked`: a short notice that something waits went out instead.
 */
export type SendResult =
  | { readonly outcome: 'sent'; readonly platform?: string }
  | { readonly outcome: 'retry'; readonly why: string; readonly seconds?: number }
  | { readonly outcome: 'unknown'; readonly why: string }
  | {
      readonly outcome: 'held';
      readonly hold: Hold;
      readonly why: string;
      readonly knocked?: true;
      readonly seconds?: number;
    }
  | { readonly outcome: 'never'; readonly why: string };

/** The table that a message carries, for a channel that takes no spreadsheet: made on demand, in the form that it can send. */
export type TableSource = {
  readonly make: (format: 'pdf' | 'docx') => Promise<SendFile>;
  /** The table drawn for a phone, in order. */
  readonly pictures: () => Promise<readonly SendFile[]>;
  /** A short-lived link on our own server; undefined when the server has no public address. `page` counts pictures from 0. */
  readonly link: (format: 'xlsx' | 'png', page?: number) => Promise<string | undefined>;
};

/** The pictures that a message brings besides: drawn only after its words are out, which they must never hold up. */
export type PictureSource = {
  /** In order; none where nothing is drawn. */
  readonly make: () => Promise<readonly SendFile[]>;
  /** A short-lived link to one of them, counted from 0; undefined when the server has no public address. */
  readonly link: (page: number) => Promise<string | undefined>;
};

/** A message on its way out. `replaces` is the platform's id of the message to edit, when it is known. */
export type Sending = {
  readonly id: string;
  readonly seq: number;
  /** The chat's id on the platform (the conversation without the channel's name). */
  readonly chat: string;
  readonly message: Message;
  readonly replaces?: string;
  /** The message's table as .xlsx, for a channel that takes it; for all others `table`. */
  readonly file?: SendFile;
  readonly table?: TableSource;
  /** Only for a channel that takes pictures, and never the same as its table would become there anyway. */
  readonly pictures?: PictureSource;
  /** How often it was tried before; left out: never. */
  readonly attempts?: number;
  /** When the person last did something in this chat, and when they were last told that something waits; ISO. */
  readonly heardAt?: string;
  readonly knockedAt?: string;
  /**
   * Of a message that must not come twice: awaited right before the platform is called, after every wait; durable when it
   * resolves. Only the first call counts.
   */
  readonly begin?: () => Promise<void>;
  /** Who it goes to, as far as known. */
  readonly to?: { readonly name: string; readonly unit: string };
};

/** What a channel remembers across restarts, shared by all instances. `write` is durable when it resolves; stale: somebody was faster. */
export type ChannelMemory = {
  /** No other process can have it open: what another one left in hand is left by a dead one. */
  readonly exclusive: boolean;
  readonly read: () => Promise<{ readonly state: ChannelState; readonly rev: number }>;
  /** `rev` as read. */
  readonly write: (state: ChannelState, rev: number) => Promise<'done' | 'stale'>;
};

/** The largest file that is fetched for somebody (bytes). */
export const LARGEST_FILE = 10 * 1024 * 1024;

/** A file as it was fetched, or why it never will be. */
export type Fetched = { readonly bytes: Uint8Array } | { readonly fault: 'tooBig' | 'foreign' | 'gone' };

/**
 * Called by a channel for every event; resolves when the turn is durable, so that the platform may be acknowledged. `after` hears
 * before that who the person is now (undefined: nobody known); not of an event that changed nothing.
 */
export type Receive = (event: Event, after?: (role: Role | undefined) => void) => Promise<void>;

export type Channel = {
  readonly name: string;
  readonly can: Can;
  /** Begins to receive (long polling …). Webhook channels return at once. Rejects with a sentence for the operator when it cannot work. */
  start(receive: Receive): Promise<void>;
  send(sending: Sending): Promise<SendResult>;
  /**
   * A link that opens this channel, with the invitation code where the platform can carry one; undefined when it is not known
   * (e.g. the bot's name could not be asked).
   */
  inviteLink(code: string): string | undefined;
  /** Fetches what a person sent in, from the platform's own servers only; rejects when it may work later. Left out: it takes no files. */
  fetchFile?(source: string): Promise<Fetched>;
  /** Why nothing comes in or goes out just now, as far as it knows, without secrets; undefined while all is well. Left out: it depends on nobody. */
  down?(): string | undefined;
  /** What coordinators should know about it now; usually nothing. */
  notices(): readonly Notice[];
  stop(): Promise<void>;
};

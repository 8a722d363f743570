// What a channel is: it turns a platform's payloads into events and sends messages, and says what it can do.
import type { Event, Message } from '../domain/conversation.ts';

/** A file as made for sending. `name` is ASCII. */
export type SendFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array };

/** What a channel can do; only the shell and the channels look at it, flows never do. */
type Can = {
  /** Most buttons under one message; 0: choices are numbered in the text. */
  readonly buttons: number;
  readonly edit: boolean;
  readonly files: readonly ('xlsx' | 'pdf' | 'docx' | 'png')[];
  /** Longest text of one message, in UTF-16 units. */
  readonly text: number;
  /** The channel shows what the person typed by itself (false: the shell keeps it for the transcript). */
  readonly history: boolean;
};

/**
 * What became of one send. `seconds`: how long the platform asked us to wait.
 * unknown: it may have arrived (connection lost after sending). unreachable: this person cannot be reached any more.
 */
export type SendResult =
  | { readonly outcome: 'sent'; readonly platform?: string }
  | { readonly outcome: 'retry'; readonly why: string; readonly seconds?: number }
  | { readonly outcome: 'unknown'; readonly why: string }
  | { readonly outcome: 'never'; readonly why: string; readonly unreachable?: boolean };

/** A message on its way out. `replaces` is the platform's id of the message to edit, when it is known. */
export type Sending = {
  readonly id: string;
  readonly seq: number;
  /** The chat's id on the platform (the conversation without the channel's name). */
  readonly chat: string;
  readonly message: Message;
  readonly replaces?: string;
  readonly file?: SendFile;
};

/** Called by a channel for every event; resolves when the turn is durable, so that the platform may be acknowledged. */
export type Receive = (event: Event) => Promise<void>;

export type Channel = {
  readonly name: string;
  readonly can: Can;
  /** Begins to receive (long polling …). Webhook channels return at once. Rejects with a sentence for the operator when it cannot work. */
  start(receive: Receive): Promise<void>;
  send(sending: Sending): Promise<SendResult>;
  /** A link that opens this channel with an invitation code, or undefined when it is not known (e.g. the bot's name could not be asked). */
  inviteLink(code: string): string | undefined;
  stop(): Promise<void>;
};

// What comes in: what somebody wrote, pressed or sent, and what the platform or the office says about a conversation.
import type { Filled } from './filled.ts';
import type { Table } from './table.ts';
import type { TemplateRef } from './template.ts';

/** A file that a person sent, as it lies with the platform. `source`: where the channel finds it. `size` in bytes, as far as told. */
export type SentFile = { readonly name: string; readonly source: string; readonly size?: number };

/** The report whose table a file may be, and its form. */
export type SheetErrand = { readonly report: string; readonly template: TemplateRef };

/** By content. csv: any Unicode text. */
export type FileKind = 'xlsx' | 'csv' | 'docx' | 'pdf' | 'picture' | 'other';

/**
 * What came of fetching it. tooBig, foreign (not on the platform's own servers) and gone are final. `table`: the rows of a list of
 * units (at most 5,000), or why a file that may be one cannot be read; left out for every other file. `digest` tells two
 * contents apart. `filled`: what it says about a form, where it was to be read as a filled table.
 */
export type FileContent =
  | {
      readonly kind: FileKind;
      readonly bytes: number;
      readonly digest?: string;
      readonly table?: Table;
      readonly filled?: Filled;
    }
  | { readonly fault: 'tooBig' | 'foreign' | 'gone' };

export type UnsupportedKind =
  | 'sticker'
  | 'voice'
  | 'photo'
  | 'video'
  | 'file'
  | 'location'
  | 'link'
  | 'contact'
  | 'forwarded'
  | 'group'
  /** Words, but more of them than anybody types. */
  | 'long'
  | 'other';

/**
 * What somebody wrote; `message` is the platform's id of it. `late`: it was written before something that was already handled.
 * `beyond`: a number that a list of so many choices, the last thing asked, does not have.
 */
type Words = {
  readonly type: 'text';
  readonly text: string;
  readonly message?: string;
  readonly late?: true;
  readonly beyond?: number;
};

/**
 * Something that happened in a conversation. `id` is unique for ever and the same when a platform repeats itself.
 * `conversation` is "<channel>:<id on that channel>". `message` is the platform's id of the person's own message.
 */
export type Event = {
  readonly id: string;
  readonly conversation: string;
  /** When the platform says it happened, ISO UTC. */
  readonly at: string;
} & (
  | Words
  /** The person changed a message sent before. */
  | { readonly type: 'edited'; readonly text: string; readonly message: string }
  /** `typed`: the words that stood for it, where there was no button. */
  | { readonly type: 'button'; readonly action: string; readonly typed?: string }
  | { readonly type: 'unsupported'; readonly what: UnsupportedKind }
  | { readonly type: 'file'; readonly file: SentFile }
  /** A file that we went to fetch. */
  | {
      readonly type: 'fetched';
      readonly name: string;
      readonly content: FileContent;
      readonly file?: SentFile;
      /** As the errand said. */
      readonly apply?: string;
      readonly sheet?: SheetErrand;
    }
  /** The platform says this person can no longer be reached (blocked the bot), or can again. */
  | { readonly type: 'reachable'; readonly reachable: boolean }
  /** A human of the office wrote to this person under the bot's name. */
  | { readonly type: 'takenOver' }
  /** The person shared a name or a phone number (digits, country code first). */
  | { readonly type: 'contact'; readonly name?: string; readonly phone?: string }
  /** The person asked the platform to have everything about them deleted. */
  | { readonly type: 'forget' }
);

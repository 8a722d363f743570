// What goes in and out of one conversation, and the little that is remembered about it.
import type { ReminderPlan } from './campaign.ts';
import type { Filled } from './filled.ts';
import type { PeriodDraft } from './new-campaign.ts';
import type { PeriodAct } from './period-change.ts';
import type { ReturnPoint, Value } from './report.ts';
import type { Table } from './table.ts';
import type { TemplateRef } from './template.ts';

/**
 * A bold part of a message, so that no markup language has to be escaped in flows. Channels render it their own way.
 */
export type Span = string | { readonly bold: string };
export type Text = readonly Span[];

/**
 * A button. `action` is at most 64 bytes of ASCII (the smallest platform limit) and is what comes back when it is pressed.
 * `typed`: words or a code that say the same and that the flow itself understands, so that no number has to stand for it
 * where a channel has no room for the button.
 */
export type Button = { readonly label: string; readonly action: string; readonly typed?: string };

/** A file is made at the moment of sending, from what is stored then. */
export type FileRequest =
  /**
   * The table of a report as it stands, or as version n was submitted. `review`: with marks on what is missing or contradicts
   * itself, section by section, for looking at it; `section`: only that one; `previous`: the report of the period before.
   */
  | {
      readonly report: string;
      readonly version?: number;
      readonly review?: true;
      readonly section?: string;
      readonly previous?: string;
    }
  /**
   * What this person may see of a period: board, how far every unit is; consolidated, the figures of all that have sent, with
   * totals; level, the appendix of the person's own unit filled with those totals.
   */
  | { readonly campaign: string; readonly what: 'board' | 'consolidated' | 'level'; readonly person: string }
  /** Who wrote what when in a report; of one indicator if given. */
  | { readonly history: string; readonly indicator?: string }
  /** Invitations made in one turn, with codes and links; the codes derive from this seed (see codeAt). */
  | { readonly invitations: string; readonly count: number };

/**
 * How choices are marked where a channel has no buttons for them. number: nothing else can be typed here. letter: a figure or
 * words may be typed as well, and no figure must ever be taken for a choice. coded: said in passing, while something else may be
 * asked: letters with the message's own number.
 */
export type Marks = 'number' | 'letter' | 'coded';

/**
 * One message to one conversation. `key` names it within the conversation so that a later message can replace it (`replaces`)
 * where the channel can edit; where it cannot, the later message is sent as a message of its own.
 * `buttons` are rows of buttons. `mine`: what the person said, kept only for channels that have no history of their own.
 */
export type Message = {
  readonly text: Text;
  readonly buttons?: readonly (readonly Button[])[];
  /** Left out: coded. */
  readonly marks?: Marks;
  readonly file?: FileRequest;
  /** Drawn for a phone, after the words; the same as `file` where both are given, and left out where the channel takes no pictures. */
  readonly pictures?: FileRequest;
  readonly key?: string;
  readonly replaces?: string;
  /** An earlier message with this key that did not go out yet (held, or its channel is away) need not go out any more. */
  readonly supersedes?: string;
  readonly mine?: true;
  /** Rather not sent than sent twice: when it may have arrived before a crash, it is left alone. */
  readonly once?: true;
  /**
   * No words to anybody, but an errand: this file is to be fetched, and comes back as an event, with `apply` and `sheet` as given
   * here. `sheet`: it is read as the filled table of that report.
   */
  readonly fetch?: SentFile & { readonly apply?: string; readonly sheet?: SheetErrand };
};

/** A file that a person sent, as it lies with the platform. `source`: where the channel finds it. `size` in bytes, as far as told. */
export type SentFile = { readonly name: string; readonly source: string; readonly size?: number };

/** The report whose table a file may be, and its form. */
type SheetErrand = { readonly report: string; readonly template: TemplateRef };

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

/** Places to come back to after something that was said in between. */
export type Place =
  /** `back`: the indicator to return to after a correction. */
  | { readonly flow: 'fill'; readonly report: string; readonly indicator: string; readonly back?: string }
  | { readonly flow: 'review'; readonly report: string; readonly page: number }
  | { readonly flow: 'submit'; readonly report: string }
  /**
   * A coordinator gathers what of that version is to be looked at again. `at`: the indicator whose line is awaited; `text`: what
   * is said about the whole; `kept`: lines as typed whose indicator is not certain yet.
   */
  | {
      readonly flow: 'return';
      readonly report: string;
      readonly version: number;
      readonly points: readonly ReturnPoint[];
      readonly at?: string;
      readonly text?: string;
      readonly kept?: readonly string[];
    };

/** Where we wait for the person's next word. Positions are data, so that they survive restarts and new releases. */
export type Waiting =
  | Place
  | { readonly flow: 'register' }
  | { readonly flow: 'menu' }
  /**
   * A pasted text waits for the tap that stores it: into which section, which question was open, and what was decided about it
   * since (see flows/paste/pasted.ts). `page`: it was pasted into the review, at that page.
   */
  | {
      readonly flow: 'paste';
      readonly report: string;
      readonly section: string;
      readonly indicator: string;
      readonly text: string;
      readonly chosen: {
        readonly start?: 'first' | 'current';
        readonly column?: number;
        readonly at?: Readonly<Record<number, string>>;
      };
      readonly page?: number;
    }
  /** Waits for the words of a giải trình. `back`: the question that was open, to go on with afterwards. */
  | { readonly flow: 'explain'; readonly report: string; readonly finding: string; readonly back?: string }
  | { readonly flow: 'leave' }
  /** A list of units was shown as it would be applied; `digest` is that of the file and of what it would change. */
  | { readonly flow: 'units'; readonly file: SentFile; readonly digest: string; readonly count: number }
  /**
   * A filled table was sent: for which report, is asked where `report` is missing; else it was shown what it would change, and
   * `digest` is that of the file and of these changes. `gaps`, `all`: how many figures and notes would be written without, and
   * with, those that differ from what stands in the chat. `back`: what was being done.
   */
  | {
      readonly flow: 'sheet';
      readonly file: SentFile;
      readonly report?: string;
      readonly digest?: string;
      readonly gaps?: number;
      readonly all?: number;
      readonly back?: Place;
    }
  /** Waits for the word that takes this person out of the unit. */
  | { readonly flow: 'people'; readonly person: string }
  /** The board of a period; without one the list of periods where there are several. `filter`: see flows/coordinate/board-filter.ts. */
  | {
      readonly flow: 'coordinate';
      readonly page: number;
      readonly campaign?: string;
      readonly filter?: string;
    }
  /** Whom to nudge. `units`: those that were typed. */
  | { readonly flow: 'nudge'; readonly campaign: string; readonly units?: readonly string[] }
  /** Waits for the coordinator's reason: to return that version, to refuse an override, or to grant it. */
  | { readonly flow: 'decide'; readonly report: string; readonly what: 'return'; readonly version: number }
  | { readonly flow: 'decide'; readonly report: string; readonly what: 'refuse' | 'override' }
  /**
   * Waits for words that go to others: a coordinator's question and the unit's reply; the unit's reason for having an accepted
   * report unlocked, the coordinator's for doing so unasked or for not doing it; the leader's for not approving. `of`: the version,
   * the figures signed, or the question that it is about.
   */
  | {
      readonly flow: 'reason';
      readonly what: 'ask' | 'reply' | 'unlock' | 'reopen' | 'keepLocked' | 'decline';
      readonly report: string;
      readonly of: string;
      readonly back?: Place;
    }
  /** A period being prepared: what is asked next; 'check' shows everything before it is opened. */
  | {
      readonly flow: 'openPeriod';
      readonly ask: 'form' | 'period' | 'unusual' | 'units' | 'check' | 'cutoff' | 'due' | 'passOn' | 'plan';
      readonly draft: PeriodDraft;
    }
  /** A change to an open or closed period: what is missing of it is asked for, then it is confirmed. `value`: an instant, or on/off. */
  | {
      readonly flow: 'period';
      readonly campaign: string;
      readonly what: PeriodAct;
      readonly unit?: string;
      readonly units?: readonly string[];
      readonly value?: string;
      readonly plan?: ReminderPlan;
      readonly reason?: string;
    };

/** Words that were typed but not stored yet, and the readings offered for them. `id` is short and ties a button to this doubt. */
export type Doubt = {
  readonly id: string;
  readonly report: string;
  readonly indicator: string;
  readonly typed: string;
  readonly note?: string;
  readonly readings: readonly { readonly value: Value; readonly note?: string }[];
  readonly message?: string;
  /** The only reading is the value of an earlier period, of this campaign. */
  readonly carried?: string;
  /** It is about a line of a paste, and is asked once the paste is stored. */
  readonly pasted?: true;
};

/** What is remembered of a conversation: small and of constant size. */
export type Session = {
  readonly conversation: string;
  readonly person?: string;
  readonly waiting: Waiting;
  /** The newest doubts, newest first, at most 5, so that an older question's buttons still find the words typed for it. */
  readonly doubts: readonly Doubt[];
  /** Key of the message that was said last, when it was a question: only then does its answer take its place. */
  readonly asked?: string;
  /** When a turn was last taken here, ISO. */
  readonly lastAt?: string;
  /** When the person last wrote, pressed or came, as the platform dates it, ISO: many platforms let us write only for some hours after. */
  readonly heardAt?: string;
  /** The words that stood for a choice in the last turn: the same once more may only have been sent twice. */
  readonly picked?: string;
  /** Until when a human of the office talks here instead of us, ISO. */
  readonly pausedUntil?: string;
  /** Wrong invitation codes tried since then. */
  readonly attempts?: { readonly since: string; readonly count: number };
  /** Until when reminders of a campaign wait here, as the person chose, by campaign (ISO). */
  readonly snoozed?: Readonly<Record<string, string>>;
  readonly rev: number;
};

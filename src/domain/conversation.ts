// What goes out into one conversation, and the little that is remembered about it.
import type { SentFile, SheetErrand } from './event.ts';
import type { Value, WaitsFor } from './report.ts';
import type { Waiting } from './waiting.ts';

/**
 * A bold part of a message, so that no markup language has to be escaped in flows. Channels render it their own way.
 */
export type Span = string | { readonly bold: string };
export type Text = readonly Span[];

/**
 * A button. `action` is at most 64 bytes of ASCII (the smallest platform limit) and is what comes back when it is pressed.
 * `typed`: words or a code that say the same and that the flow itself understands, so that no number has to stand for it
 * where a channel has no room for the button; '' where the text of the message says what is typed instead of such buttons.
 */
export type Button = { readonly label: string; readonly action: string; readonly typed?: string };

/** A file is made at the moment of sending, from what is stored then. */
export type FileRequest =
  /**
   * The table of a report as it stands, or as version n was submitted. `review`: with marks on what is missing or contradicts
   * itself, section by section, for looking at it; `section`: only that one; `previous`: the report of the period before,
   * or those of the units merged into this one.
   * `for`: only what that person was given of it to fill.
   */
  | {
      readonly report: string;
      readonly version?: number;
      readonly review?: true;
      readonly section?: string;
      readonly previous?: string | readonly string[];
      readonly for?: string;
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
 * One message to one conversation. `key` names it within the conversation, so that what follows from a tap can change it
 * (`replaces`) where the channel can edit; where it cannot, and below typed words, that is a message of its own.
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
  /** So many spans of the text were said before it in the same message, and stay when it is replaced. */
  readonly above?: number;
  /** An earlier message with this key that did not go out yet (held, or its channel is away) need not go out any more. */
  readonly supersedes?: string;
  readonly mine?: true;
  /** A letter to be forwarded: nothing else may stand in the same message. */
  readonly apart?: true;
  /** Rather not sent than sent twice: when it may have arrived before a crash, it is left alone. */
  readonly once?: true;
  /**
   * No words to anybody, but an errand: this file is to be fetched, and comes back as an event, with `apply` and `sheet` as given
   * here. `sheet`: it is read as the filled table of that report.
   */
  readonly fetch?: SentFile & { readonly apply?: string; readonly sheet?: SheetErrand };
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
  /** The only reading waits because a colleague's value stands there; this is the code of that value, as it was told. */
  readonly over?: string;
  /** The only reading is chưa có số liệu, and this is what one waits for. */
  readonly waitsFor?: WaitsFor;
  /** It is about a line of a paste, and is asked once the paste is stored. */
  readonly pasted?: true;
  /** The words may also be one value for each of these indicators. */
  readonly screen?: readonly string[];
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
  /** Code of the value that stood under the question being asked when it was shown; left out: none, or the question was not shown. */
  readonly shown?: string;
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

// Where a conversation waits for the person's next word.
import type { ReminderPlan } from './campaign.ts';
import type { SentFile } from './event.ts';
import type { PeriodDraft } from './new-campaign.ts';
import type { PeriodAct } from './period-change.ts';
import type { ReturnPoint } from './report.ts';

/** Places to come back to after something that was said in between. */
export type Place =
  /**
   * `back`: the indicator to return to after a correction. `screen`: the indicators that were shown together, this one among them;
   * `chosen`: those of them that were shown with a value.
   */
  | {
      readonly flow: 'fill';
      readonly report: string;
      readonly indicator: string;
      readonly back?: string;
      readonly screen?: readonly string[];
      readonly chosen?: readonly string[];
    }
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
   * since (see flows/paste/pasted.ts). `more`: further messages of the same text, which the platform has cut. `page`: it was pasted into the review, at that page.
   * `stored`: the tap came, and lines that fit several indicators are asked about now.
   */
  | {
      readonly flow: 'paste';
      readonly report: string;
      readonly section: string;
      readonly indicator: string;
      readonly text: string;
      readonly more?: readonly string[];
      readonly chosen: {
        readonly start?: 'first' | 'current';
        readonly column?: number;
        readonly at?: Readonly<Record<number, string>>;
        readonly skipped?: readonly number[];
      };
      readonly page?: number;
      readonly stored?: true;
    }
  /**
   * Waits for the name of the colleague to whom these rows are given. `again`: although somebody has some of them already; `name`:
   * the one that was typed before that was asked.
   */
  | {
      readonly flow: 'assign';
      readonly report: string;
      readonly rows: readonly string[];
      readonly again?: true;
      readonly name?: string;
      readonly back?: Place;
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

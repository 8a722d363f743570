// Everything that can happen to stored data, as data. The list of changes is also the audit trail.
import type { Campaign } from './campaign.ts';
import type { ChannelState } from './channel-state.ts';
import type { Link } from './link.ts';
import type { Invitation, Person, Unit } from './people.ts';
import type { Answer, Assignment, Explanation, ReturnPoint, Submission } from './report.ts';
import type { TemplateRef } from './template.ts';

/** A change to one report. `was` is what stood there before (null: nothing), so that a change can be undone and audited. */
export type ReportChange =
  | {
      readonly type: 'report_started';
      readonly report: string;
      readonly campaign: string;
      readonly unit: string;
      readonly template: TemplateRef;
    }
  | {
      readonly type: 'answer_set';
      readonly report: string;
      readonly indicator: string;
      readonly answer: Answer;
      readonly was: Answer | null;
      readonly undoes?: string;
    }
  | {
      readonly type: 'answer_cleared';
      readonly report: string;
      readonly indicator: string;
      readonly was: Answer;
      readonly undoes?: string;
    }
  | {
      readonly type: 'note_set';
      readonly report: string;
      readonly row: string;
      readonly note: string;
      readonly was: string | null;
      readonly undoes?: string;
    }
  | {
      readonly type: 'explained';
      readonly report: string;
      readonly rule: string;
      readonly explanation: Explanation;
    }
  | {
      readonly type: 'overridden';
      readonly report: string;
      readonly rule: string;
      readonly explanation: Explanation;
    }
  | {
      readonly type: 'submitted';
      readonly report: string;
      readonly submission: Omit<Submission, 'answers' | 'notes'>;
    }
  | { readonly type: 'withdrawn'; readonly report: string }
  /** The officer signed; it waits for the unit's leader. */
  | {
      readonly type: 'approval_asked';
      readonly report: string;
      readonly submission: Omit<Submission, 'answers' | 'notes'>;
    }
  /** The unit's leader sent it back to the officer, with the reason. */
  | { readonly type: 'approval_refused'; readonly report: string; readonly explanation: Explanation }
  | { readonly type: 'accepted'; readonly report: string }
  | {
      readonly type: 'returned';
      readonly report: string;
      readonly explanation: Explanation;
      readonly points?: readonly ReturnPoint[];
    }
  /** The unit asks to have an accepted report unlocked; the coordinator says no, with the reason. */
  | { readonly type: 'unlock_asked'; readonly report: string; readonly explanation: Explanation }
  | { readonly type: 'unlock_refused'; readonly report: string; readonly explanation: Explanation }
  /** An accepted report was unlocked; without a reason only in what an earlier release stored. */
  | { readonly type: 'reopened'; readonly report: string; readonly explanation?: Explanation }
  /** The coordinator asked something about a report without returning it, and the unit answered. */
  | { readonly type: 'asked'; readonly report: string; readonly explanation: Explanation }
  | { readonly type: 'replied'; readonly report: string; readonly explanation: Explanation }
  /** Somebody was given a version as a file in the chat. */
  | {
      readonly type: 'handed';
      readonly report: string;
      readonly person: string;
      readonly version: number;
    }
  /** A part was given to somebody, taken by them, is done, or was taken back: the whole of what is known of it now. */
  | { readonly type: 'assignment_set'; readonly report: string; readonly assignment: Assignment }
  /** Its table was fetched through a link that was sent into a chat. */
  | { readonly type: 'downloaded'; readonly report: string; readonly link: string };

/** One person who was written to, and the message that went there (its id, or the event's, as for `Storage.fate`). */
export type Nudged = {
  readonly person: string;
  readonly unit: string;
  readonly conversation: string;
  readonly message: string;
};

export type Change =
  | ReportChange
  | { readonly type: 'unit_set'; readonly unit: Unit }
  /** Opened, moved, closed or opened again; `reason` in words where somebody gave one. */
  | { readonly type: 'campaign_set'; readonly campaign: Campaign; readonly reason?: string }
  /** Somebody was given the consolidated tables in the chat. */
  | { readonly type: 'tables_given'; readonly campaign: string; readonly person: string }
  /** A coordinator nudged these people about a period; `unreached`: units in which nobody could be written to. */
  | {
      readonly type: 'nudged';
      readonly campaign: string;
      readonly people: readonly Nudged[];
      readonly unreached: readonly string[];
    }
  | { readonly type: 'invitation_set'; readonly invitation: Invitation }
  /** Joined, renamed, a conversation gained or lost. */
  | { readonly type: 'person_set'; readonly person: Person }
  /**
   * Left, or asked to be forgotten: name, phone, conversations and everything said in them go, also from the invitations that let
   * the person in. The id stays with the figures, so that the audit trail still tells people apart.
   */
  | { readonly type: 'person_forgotten'; readonly person: string; readonly at: string }
  | { readonly type: 'link_set'; readonly link: Link }
  /** What a channel itself must remember; `expects.channels` of the turn guards it. */
  | { readonly type: 'channel_set'; readonly channel: string; readonly state: ChannelState };

/** A stored change with who, when and through which event; `id` is `<event>:<n>`. */
export type Recorded = {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly conversation: string;
  readonly change: Change;
};

/** Every kind of change there is in this release. */
export const CHANGES: { readonly [T in Change['type']]: true } = {
  report_started: true,
  answer_set: true,
  answer_cleared: true,
  note_set: true,
  explained: true,
  overridden: true,
  submitted: true,
  withdrawn: true,
  approval_asked: true,
  approval_refused: true,
  accepted: true,
  returned: true,
  unlock_asked: true,
  unlock_refused: true,
  reopened: true,
  asked: true,
  replied: true,
  handed: true,
  assignment_set: true,
  downloaded: true,
  unit_set: true,
  campaign_set: true,
  tables_given: true,
  nudged: true,
  invitation_set: true,
  person_set: true,
  person_forgotten: true,
  link_set: true,
  channel_set: true,
};

// What the bot needs of a store, in the bot's own verbs, and what every store promises.
import type { Campaign } from '../src/domain/campaign.ts';
import type { Change, Recorded } from '../src/domain/change.ts';
import type { ChannelState, Held, Hold } from '../src/domain/channel-state.ts';
import type { Message, Session } from '../src/domain/conversation.ts';
import type { Link } from '../src/domain/link.ts';
import type { Merged } from '../src/domain/merged.ts';
import type { Invitation, Person, Unit } from '../src/domain/people.ts';
import type { Report } from '../src/domain/report.ts';

/** Everything one turn may look at. Missing is undefined. */
export type Loaded = {
  /** True when this event was committed before: nothing more must happen. */
  readonly handled: boolean;
  readonly session?: Session;
  readonly person?: Person;
  /** The person's unit and those above it; for an overseer (coordinator, viewer), all units. */
  readonly units: readonly Unit[];
  /** Open campaigns the person's unit takes part in (an overseer: all open ones), oldest due first. */
  readonly campaigns: readonly Campaign[];
  /** Closed campaigns, newest first (an overseer: all of them; anybody else: none). */
  readonly closed: readonly Campaign[];
  /** Reports of those campaigns that belong to those units. */
  readonly reports: readonly Report[];
  /** The newest report of an earlier period by the same unit on the same template id, with its campaign, for each campaign. */
  readonly previous: Readonly<Record<string, { readonly report: Report; readonly campaign: Campaign }>>;
  /**
   * By campaign, where other units were merged into the person's unit (Unit.mergedInto) and the newest earlier period in which they
   * reported on the same template id is not before that of `previous`: that period's reports (see mergedBefore). Left out: nowhere.
   */
  readonly merged?: Readonly<Record<string, Merged>>;
  /** People of the person's unit (an overseer: everybody), and every overseer. */
  readonly people: readonly Person[];
  readonly invitation?: Invitation;
  /** Invitations that nobody has used or revoked, expired ones too (an overseer: all; a leader: those into the own unit; an officer: of these those of helpers; anybody else: none). */
  readonly invitations: readonly Invitation[];
  /** Conversations in which messages are held, oldest first (an overseer: all of them; anybody else: none). */
  readonly held: readonly Held[];
};

/** A message waiting to be sent. `id` is `<event>:<n>`; `seq` orders a conversation. */
export type Outgoing = {
  readonly id: string;
  readonly conversation: string;
  readonly seq: number;
  readonly message: Message;
  readonly createdAt: string;
  readonly attempts: number;
  /** When it was last about to go out (ISO), and nothing is known yet of what came of that. */
  readonly begun?: string;
  /** It waits until the person is heard from again. `knockedAt`: when a notice went out in its place. */
  readonly held?: { readonly hold: Hold; readonly at: string; readonly knockedAt?: string };
};

/** A message that was dealt with; `platform` is the channel's own id of it, for later edits. */
export type Delivery =
  | { readonly outcome: 'sent'; readonly platform?: string }
  /** It may or may not have arrived; it is not sent again. */
  | { readonly outcome: 'unknown'; readonly why: string }
  | { readonly outcome: 'never'; readonly why: string }
  /** Stays unsent and is marked as held since `at` (ISO); attempts does not grow. An earlier `knockedAt` stays when no new one is given. */
  | {
      readonly outcome: 'held';
      readonly hold: Hold;
      readonly why: string;
      readonly at: string;
      readonly knockedAt?: string;
    }
  /** It is about to be handed to the platform; stays unsent, and is the only one that is durable when markSent resolves. */
  | { readonly outcome: 'begun'; readonly at: string }
  /** Try again later: stays unsent and is no longer held, attempts grows. */
  | { readonly outcome: 'retry'; readonly why: string };

/** One turn, stored whole or not at all. `expects` are the revs that were read; another rev means somebody was faster. */
export type Turn = {
  readonly event: string;
  readonly at: string;
  readonly by: string;
  readonly conversation: string;
  readonly session?: Session;
  readonly changes: readonly Change[];
  readonly outgoing: readonly { readonly conversation: string; readonly message: Message }[];
  readonly expects: {
    /** rev of the session as read; 0 when there was none. Left out by turns that touch no session (command line). */
    readonly session?: number;
    /** rev of each report that changes, as read; 0 when it did not exist. */
    readonly reports: Readonly<Record<string, number>>;
    /** rev of each channel's state that changes, as read; 0 when there was none. */
    readonly channels?: Readonly<Record<string, number>>;
    /** rev of campaigns and people as read, by id; 0 when they had none. Those left out are not looked at. */
    readonly campaigns?: Readonly<Record<string, number>>;
    readonly people?: Readonly<Record<string, number>>;
  };
};

/** What became of a message so far; sent also when it may only have arrived. */
export type Fate =
  | { readonly is: 'waiting' }
  | { readonly is: 'held'; readonly hold: Hold; readonly knocked: boolean }
  | { readonly is: 'sent' }
  | { readonly is: 'unknown' }
  | { readonly is: 'never'; readonly why: string };

export type Storage = {
  /** While this is open no other process can open the same store. False when several instances share it. */
  readonly exclusive: boolean;
  /**
   * Reads what a turn needs. `invitation` is the SHA-256 (hex) of a code that the event contains; to somebody unknown who has
   * one, everything is shown that its unit and role will see.
   */
  load(ask: { conversation: string; event: string; invitation?: string }): Promise<Loaded>;
  /**
   * Stores a turn: all of it or nothing, durable when it resolves.
   * 'duplicate': this event was stored before, nothing changed. 'stale': a rev in `expects` is no longer current, nothing changed.
   * Revs of the session, the reports, campaigns, people and channel states that change grow by one. Records get ids `<event>:<n>`, outgoing messages ids `<event>:<n>` and the next seq of their conversation.
   */
  commit(turn: Turn): Promise<'done' | 'duplicate' | 'stale'>;
  /**
   * Messages not yet dealt with, in seq order per conversation. Where several instances share the store: those of the conversations
   * that this instance sends. A conversation is sent by one instance at a time, as long as messages wait in it; when that one ends or
   * dies, another takes it over. `markSent` rejects when the conversation has meanwhile gone to another instance.
   */
  unsent(): Promise<readonly Outgoing[]>;
  /**
   * Calls `listener` whenever `unsent` has got something that this instance did not store itself; with a conversation when its person
   * was heard from elsewhere. Never called where one process has the store to itself.
   */
  onNews(listener: (heard?: string) => void): void;
  /** Records what became of a message. Durable soon, not at once (except 'begun'): a repeat after a crash is possible and allowed. */
  markSent(id: string, delivery: Delivery): Promise<void>;
  /** What became of a message, by its id or (the first one) by the event of the turn that sent it there; undefined when it was never stored or is no longer remembered (at least the last 60 of a conversation are). */
  fate(conversation: string, id: string): Promise<Fate | undefined>;
  /** The channel's own id of the newest sent message with this key, if it is still known (at least the last 200 of a conversation are). */
  sentAs(conversation: string, key: string): Promise<string | undefined>;
  /** The newest messages of a conversation, sent or not, oldest first, with seq greater than `after`, for channels that show history. */
  transcript(conversation: string, after: number, limit: number): Promise<readonly Outgoing[]>;
  /** Every recorded change of a report, or of a campaign (`campaign:<id>`), oldest first. */
  history(of: string): Promise<readonly Recorded[]>;
  /** What the newest 50 events changed in a unit's reports, newest first; older events go whole once there are more than 400 changes. */
  recent(unit: string): Promise<readonly Recorded[]>;
  report(id: string): Promise<Report | undefined>;
  reports(campaign: string): Promise<readonly Report[]>;
  campaign(id: string): Promise<Campaign | undefined>;
  campaigns(): Promise<readonly Campaign[]>;
  unit(id: string): Promise<Unit | undefined>;
  units(): Promise<readonly Unit[]>;
  people(): Promise<readonly Person[]>;
  invitations(): Promise<readonly Invitation[]>;
  /** Conversations with their sessions. */
  sessions(): Promise<readonly Session[]>;
  session(conversation: string): Promise<Session | undefined>;
  /** A link by its id, expired or not; expired ones are forgotten some time later. */
  link(id: string): Promise<Link | undefined>;
  channelState(channel: string): Promise<{ readonly state: ChannelState; readonly rev: number } | undefined>;
  /**
   * Asks to be the one instance that does `task` (a name). `listener` is called with true when this instance is it, and with false when
   * it no longer is, because the store is out of reach; where one process has the store to itself, it is it at once and for good.
   * When an instance ends or dies, another one follows within 10 seconds. The result gives the task up, without a call.
   */
  lead(task: string, listener: (leads: boolean) => void): () => Promise<void>;
  close(): Promise<void>;
};

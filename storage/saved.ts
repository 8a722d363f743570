// The state as it stands in the snapshot file: lists that a person can read, and the way from and to the maps in memory.
import type { Campaign } from '../src/domain/campaign.ts';
import type { Recorded } from '../src/domain/change.ts';
import type { Session } from '../src/domain/conversation.ts';
import { type EarlierLink, type Link, linkOf } from '../src/domain/link.ts';
import type { Invitation, Person, Unit } from '../src/domain/people.ts';
import type { Report } from '../src/domain/report.ts';
import {
  type ChannelMemory,
  emptyState,
  indexHeld,
  type Shelved,
  type State,
  setCampaign,
  setPerson,
  setReport,
  setShelved,
  type Talk,
} from './state.ts';
import type { Outgoing } from './storage.ts';

export const FORMAT = 'chitieu-bot data';
/** 2: since 0.4, whose changes an earlier release would take for damage. Version 1 is read as well. */
export const VERSION = 2;

/** One list per kind of thing. `journal` is the number of the journal that continues it; 0: none, start a new one. */
export type Saved = {
  readonly format: string;
  readonly version: number;
  readonly journal: number;
  readonly savedAt: string;
  readonly units: readonly Unit[];
  readonly people: readonly Person[];
  readonly campaigns: readonly Campaign[];
  readonly invitations: readonly Invitation[];
  readonly reports: readonly Report[];
  readonly history: readonly { readonly report: string; readonly records: readonly Recorded[] }[];
  readonly recent: readonly { readonly unit: string; readonly records: readonly Recorded[] }[];
  readonly shelved: readonly Shelved[];
  readonly links: readonly (Link | EarlierLink)[];
  readonly channels: readonly (ChannelMemory & { readonly channel: string })[];
  readonly talks: readonly SavedTalk[];
};

/** What is remembered of a conversation. */
export type SavedTalk = {
  readonly conversation: string;
  readonly session?: Session;
  readonly handled: readonly string[];
  readonly messages: readonly (Outgoing & Omit<Talk['messages'][number], 'out'>)[];
  readonly nextSeq: number;
  readonly platformIds: readonly { readonly key: string; readonly id: string; readonly seq: number }[];
};

/** The lists that a snapshot must have to be one. */
export const LISTS = [
  'units',
  'people',
  'campaigns',
  'invitations',
  'reports',
  'history',
  'recent',
  'shelved',
  'links',
  'channels',
  'talks',
] as const satisfies readonly (keyof Saved)[];

/** Lists that came later: a snapshot of an earlier release has none of them. */
export const ADDED = { links: [], channels: [] } satisfies Partial<Saved>;

/** The state at this instant; later turns do not change what is returned. */
export const capture = (state: State, journal: number): Saved => ({
  format: FORMAT,
  version: VERSION,
  journal,
  savedAt: new Date().toISOString(),
  units: [...state.units.values()],
  people: [...state.people.values()],
  campaigns: [...state.campaigns.values()],
  invitations: [...state.invitations.values()],
  reports: [...state.reports.values()],
  history: [...state.history].map(([report, records]) => ({ report, records: [...records] })),
  recent: [...state.recent].map(([unit, records]) => ({ unit, records: [...records] })),
  shelved: [...state.shelved.values()],
  links: [...state.links.values()],
  channels: [...state.channels].map(([channel, memory]) => ({ channel, ...memory })),
  talks: [...state.talks].map(captureTalk),
});

const captureTalk = ([conversation, talk]: [string, Talk]): SavedTalk => ({
  conversation,
  ...(talk.session && { session: talk.session }),
  handled: [...talk.handled],
  messages: talk.messages.map(({ out, ...rest }) => ({ ...out, ...rest })),
  nextSeq: talk.nextSeq,
  platformIds: [...talk.platformIds].map(([key, { id, seq }]) => ({ key, id, seq })),
});

/** The state that was saved, with its indexes. */
export function restore(saved: Saved): State {
  const state = emptyState();
  for (const unit of saved.units) state.units.set(unit.id, unit);
  for (const person of saved.people) setPerson(state, person);
  for (const campaign of saved.campaigns) setCampaign(state, campaign);
  for (const invitation of saved.invitations) state.invitations.set(invitation.id, invitation);
  for (const report of saved.reports) setReport(state, report);
  for (const shelved of saved.shelved) setShelved(state, shelved);
  for (const { report, records } of saved.history) state.history.set(report, [...records]);
  for (const { unit, records } of saved.recent) state.recent.set(unit, fromHistory(state, records));
  for (const link of saved.links) state.links.set(link.id, linkOf(link));
  for (const { channel, ...memory } of saved.channels) state.channels.set(channel, memory);
  for (const talk of saved.talks) restoreTalk(state, talk);
  return state;
}

/** What is recent is the same as in the histories, where it still stands there: nothing is held twice. */
function fromHistory({ history }: State, records: readonly Recorded[]): Recorded[] {
  /** By report, where the search from its newest record on has come to. */
  const searched = new Map<string, number>();
  return records
    .toReversed()
    .map((record) => {
      const report = 'report' in record.change ? record.change.report : '';
      const all = history.get(report) ?? [];
      const at = all.findLastIndex(
        ({ id }, n) => n < (searched.get(report) ?? all.length) && id === record.id,
      );
      if (at >= 0) searched.set(report, at);
      return all[at] ?? record;
    })
    .reverse();
}

function restoreTalk(state: State, saved: SavedTalk): void {
  const messages = saved.messages.map(({ dealt, failed, ...out }) => ({
    out,
    dealt,
    ...(failed && { failed }),
  }));
  state.talks.set(saved.conversation, {
    ...(saved.session && { session: saved.session }),
    handled: new Set(saved.handled),
    messages,
    nextSeq: saved.nextSeq,
    platformIds: new Map(saved.platformIds.map(({ key, id, seq }) => [key, { id, seq }])),
  });
  for (const kept of messages) {
    if (kept.dealt) continue;
    state.unsent.set(kept.out.id, kept);
    indexHeld(state, kept.out);
  }
}

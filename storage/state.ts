// The whole stored state as data, with the indexes that let a turn find its own things without looking at everything.
import type { Campaign } from '../src/domain/campaign.ts';
import type { Recorded } from '../src/domain/change.ts';
import type { ChannelState } from '../src/domain/channel-state.ts';
import type { Session } from '../src/domain/conversation.ts';
import { type EarlierLink, type Link, linkOf } from '../src/domain/link.ts';
import { type Invitation, isOverseer, type Person, type Unit } from '../src/domain/people.ts';
import type { Report } from '../src/domain/report.ts';
import type { Outgoing } from './storage.ts';

/** A message that is remembered; `dealt` when it no longer waits to be sent, `failed` when it then did not surely arrive. */
type Kept = { out: Outgoing; dealt: boolean; failed?: { is: 'unknown' } | { is: 'never'; why: string } };

/** What is remembered of one conversation, all of it bounded except the messages that still wait. */
export type Talk = {
  session?: Session;
  /** Events stored before, oldest first, at most 1,000. */
  readonly handled: Set<string>;
  /** Newest messages in seq order. */
  readonly messages: Kept[];
  nextSeq: number;
  /** By message key: the channel's id of the newest sent message, at most 200 keys, oldest first. */
  readonly platformIds: Map<string, { readonly id: string; readonly seq: number }>;
};

/** Where a report of a closed campaign lies in a file: bytes from `at`, and their CRC32. */
export type Place = {
  readonly file: string;
  readonly at: number;
  readonly bytes: number;
  readonly crc: number;
};

/** What stays in memory of a report that was moved to a file. */
export type Shelved = Pick<Report, 'id' | 'campaign' | 'unit' | 'template' | 'status' | 'rev'> & {
  readonly place: Place;
};

/** What a channel remembers, and how often it was set. */
export type ChannelMemory = { readonly state: ChannelState; readonly rev: number };

type Index = Map<string, Set<string>>;

/** Maps are changed in place; the values in them never are (except Talk, and the lists of history and recent, which only grow at the end). */
export type State = {
  readonly units: Map<string, Unit>;
  readonly people: Map<string, Person>;
  readonly campaigns: Map<string, Campaign>;
  readonly invitations: Map<string, Invitation>;
  readonly reports: Map<string, Report>;
  readonly shelved: Map<string, Shelved>;
  /** By report, oldest first; reports that are shelved keep theirs on the shelf. */
  readonly history: Map<string, Recorded[]>;
  /** By unit, oldest first: what the newest 50 events changed, whole events only once there are more than 400 changes. */
  readonly recent: Map<string, Recorded[]>;
  /** In the order they were made. */
  readonly links: Map<string, Link>;
  readonly channels: Map<string, ChannelMemory>;
  readonly talks: Map<string, Talk>;
  /** By message id, in the order they were stored. */
  readonly unsent: Map<string, Kept>;
  /** Ids of the unsent messages that are held, by conversation. */
  readonly held: Index;
  readonly reportsOfUnit: Index;
  readonly reportsOfCampaign: Index;
  readonly peopleOfUnit: Index;
  readonly peopleOfConversation: Index;
  readonly overseers: Set<string>;
  readonly openCampaigns: Set<string>;
  readonly openCampaignsOfUnit: Index;
};

/** A state in which nothing was ever stored. */
export const emptyState = (): State => ({
  units: new Map(),
  people: new Map(),
  campaigns: new Map(),
  invitations: new Map(),
  reports: new Map(),
  shelved: new Map(),
  history: new Map(),
  recent: new Map(),
  links: new Map(),
  channels: new Map(),
  talks: new Map(),
  unsent: new Map(),
  held: new Map(),
  reportsOfUnit: new Map(),
  reportsOfCampaign: new Map(),
  peopleOfUnit: new Map(),
  peopleOfConversation: new Map(),
  overseers: new Set(),
  openCampaigns: new Set(),
  openCampaignsOfUnit: new Map(),
});

/** Puts a person in, or in place of what stood under the same id. A person who left has no conversation any more. */
export function setPerson(state: State, person: Person): void {
  const old = state.people.get(person.id);
  if (old) {
    remove(state.peopleOfUnit, old.unit, old.id);
    for (const conversation of old.conversations) remove(state.peopleOfConversation, conversation, old.id);
    state.overseers.delete(old.id);
  }
  state.people.set(person.id, person);
  add(state.peopleOfUnit, person.unit, person.id);
  if (isOverseer(person.role)) state.overseers.add(person.id);
  if (person.leftAt !== undefined) return;
  for (const conversation of person.conversations) add(state.peopleOfConversation, conversation, person.id);
}

/** Puts a campaign in, or in place of what stood under the same id. */
export function setCampaign(state: State, campaign: Campaign): void {
  for (const unit of state.campaigns.get(campaign.id)?.units ?? []) {
    remove(state.openCampaignsOfUnit, unit, campaign.id);
  }
  state.openCampaigns.delete(campaign.id);
  state.campaigns.set(campaign.id, campaign);
  if (campaign.closedAt !== undefined) return;
  state.openCampaigns.add(campaign.id);
  for (const unit of campaign.units) add(state.openCampaignsOfUnit, unit, campaign.id);
}

/** Puts a report in, or in place of what stood under the same id. A report never changes its unit or campaign. */
export function setReport(state: State, report: Report): void {
  state.reports.set(report.id, report);
  indexReport(state, report);
}

/** Makes a report that lies on the shelf known. */
export function setShelved(state: State, shelved: Shelved): void {
  state.shelved.set(shelved.id, shelved);
  indexReport(state, shelved);
}

/** Makes a message findable among those held, or no longer. */
export function indexHeld(state: State, out: Outgoing): void {
  if (out.held) add(state.held, out.conversation, out.id);
  else remove(state.held, out.conversation, out.id);
}

/** How long a link is remembered after it has expired, in milliseconds. */
const REMEMBERED = 7 * 24 * 3_600_000;

/**
 * Puts a link in, or in place of what stood under the same id. The oldest links go when they expired more than 7 days before
 * `at` (ISO): by the time of turns and not of a clock, so that a journal read again leaves the same links.
 */
export function setLink(state: State, link: Link | EarlierLink, at: string): void {
  for (const { id, expiresAt } of state.links.values()) {
    if (Date.parse(expiresAt) + REMEMBERED >= Date.parse(at)) break;
    state.links.delete(id);
  }
  state.links.set(link.id, linkOf(link));
}

function indexReport(state: State, report: Pick<Report, 'id' | 'unit' | 'campaign'>): void {
  add(state.reportsOfUnit, report.unit, report.id);
  add(state.reportsOfCampaign, report.campaign, report.id);
}

function add(index: Index, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}

function remove(index: Index, key: string, id: string): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}

// What a turn may see, from the database: the rows become a small state of their own, and what look.ts says of it holds.
import type { Campaign } from '../src/domain/campaign.ts';
import type { Session } from '../src/domain/conversation.ts';
import type { Invitation, Person, Unit } from '../src/domain/people.ts';
import type { Report } from '../src/domain/report.ts';
import { loadedFrom, look, wantedBy } from './look.ts';
import type { Known } from './postgres-known.ts';
import { LOOK } from './postgres-look.ts';
import type { Database } from './postgres-pool.ts';
import { ASK, REPORTS } from './postgres-sql.ts';
import { plain, toJson } from './postgres-text.ts';
import {
  emptyState,
  indexHeld,
  type Shelved,
  type State,
  setCampaign,
  setPerson,
  setReport,
  setShelved,
} from './state.ts';
import type { Loaded, Outgoing, Storage } from './storage.ts';
import { talkOf } from './talk.ts';

/** A report as the statements give it. */
export type FoundReport = Pick<Report, 'rev' | 'answers' | 'submissions'> & {
  readonly body: Omit<Report, 'rev' | 'answers' | 'submissions'>;
};

export const reportOf = ({ body, ...rest }: FoundReport): Report => ({ ...body, ...rest });

type Found = {
  readonly handled: boolean;
  readonly session: Session | null;
  readonly invitation: Invitation | null;
  readonly units: readonly Unit[];
  readonly campaigns: readonly {
    readonly id: string;
    readonly rev: number;
    readonly body: Campaign | null;
  }[];
  readonly reports: readonly (Omit<Shelved, 'place'> & { readonly whole: FoundReport | null })[];
  readonly people: readonly { readonly touched: number; readonly body: Person }[];
  readonly invitations: readonly Invitation[];
  readonly held: readonly { readonly out: Omit<Outgoing, 'message'>; readonly session: Session | null }[];
};

/** Reports whose words nobody may see in this turn lie in the database. */
const NOWHERE: Shelved['place'] = { file: '', at: 0, bytes: 0, crc: 0 };

/**
 * One round trip; two when the report of an earlier period was not read before. Throws StorageError 'away'.
 */
export async function load(db: Database, known: Known, ask: Parameters<Storage['load']>[0]): Promise<Loaded> {
  const before = known.expected(ask.conversation);
  const revs = {
    reports: Object.fromEntries(before.reports.map(({ id, rev }) => [id, rev])),
    campaigns: Object.fromEntries(before.campaigns.map(({ id, rev = 0 }) => [id, rev])),
  };
  const invitation = ask.invitation === undefined ? null : plain(ask.invitation);
  const found = await db.ask<Found>(LOOK, [
    ...[plain(ask.conversation), plain(ask.event), invitation, toJson(revs)],
  ]);
  if (!found) throw new Error('the database gave no answer to a question that always has one');
  const state = stateOf(found, before, ask);
  for (const campaign of state.campaigns.values()) known.campaigns.put(campaign);
  for (const report of state.reports.values()) known.reports.put(report);
  known.show(ask.conversation, {
    reports: [...state.reports.keys()],
    campaigns: [...state.campaigns.keys()],
  });
  const looked = look(state, ask);
  const wanted = wantedBy(looked);
  const earlier = await wholeReports(db, known, state, wanted);
  return loadedFrom(
    looked,
    wanted.map((id) => earlier.get(id)),
  );
}

function stateOf(
  found: Found,
  before: ReturnType<Known['expected']>,
  ask: Parameters<Storage['load']>[0],
): State {
  const state = emptyState();
  for (const unit of found.units) state.units.set(unit.id, unit);
  for (const { body } of found.people) state.people.set(body.id, body);
  // Who was set last has a conversation that several have; the list keeps the order in which they came.
  for (const { body } of [...found.people].sort((a, b) => a.touched - b.touched)) setPerson(state, body);
  const campaigns = byId(before.campaigns);
  for (const { id, body } of found.campaigns) {
    const campaign = body ?? campaigns.get(id);
    if (campaign) setCampaign(state, campaign);
  }
  const reports = byId(before.reports);
  for (const { whole, ...card } of found.reports) {
    const report = whole ? reportOf(whole) : reports.get(card.id);
    if (report?.rev === card.rev) setReport(state, report);
    else setShelved(state, { ...card, place: NOWHERE });
  }
  for (const each of [found.invitation, ...found.invitations]) if (each) state.invitations.set(each.id, each);
  putTalks(state, found, ask);
  return state;
}

function putTalks(state: State, found: Found, ask: Parameters<Storage['load']>[0]): void {
  for (const { out, session } of found.held) {
    const talk = talkOf(state, out.conversation);
    if (session) talk.session = session;
    // Only that it is held, why and since when is looked at.
    const kept = { out: { ...out, message: { text: [] } }, dealt: false };
    state.unsent.set(out.id, kept);
    indexHeld(state, kept.out);
  }
  const own = talkOf(state, ask.conversation);
  if (found.session) own.session = found.session;
  if (found.handled) own.handled.add(ask.event);
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** The reports of these ids as the cards in the state say they stand. */
async function wholeReports(
  db: Database,
  known: Known,
  state: State,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Report>> {
  const whole = new Map<string, Report>();
  for (const id of ids) {
    const report = state.reports.get(id) ?? known.reports.get(id);
    if (report && report.rev === (state.shelved.get(id)?.rev ?? report.rev)) whole.set(id, report);
  }
  const missing = ids.filter((id) => !whole.has(id)).map(plain);
  if (missing.length === 0) return whole;
  for (const found of (await db.ask<readonly FoundReport[]>(REPORTS, [missing])) ?? []) {
    const report = reportOf(found);
    known.reports.put(report);
    whole.set(report.id, report);
  }
  return whole;
}

/** A campaign's reports by id; only those that changed since they were last read come from the database. */
export async function reportsOf(db: Database, known: Known, campaign: string): Promise<readonly Report[]> {
  const reader = `reports of ${campaign}`;
  const before = byId(known.expected(reader).reports);
  const revs = Object.fromEntries([...before].map(([id, { rev }]) => [id, rev]));
  const found = await db.ask<readonly { id: string; whole: FoundReport | null }[]>(ASK.reportsOf, [
    plain(campaign),
    toJson(revs),
  ]);
  const reports = (found ?? []).flatMap(({ id, whole }) =>
    whole ? reportOf(whole) : (before.get(id) ?? []),
  );
  for (const report of reports) known.reports.put(report);
  known.show(reader, { reports: reports.map(({ id }) => id), campaigns: [] });
  return reports;
}

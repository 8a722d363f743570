// What a turn does to the state: whether it may, what it would make of the reports, and doing it.
import { applyToReport, type Recorded } from '../src/domain/change.ts';
import type { Invitation } from '../src/domain/people.ts';
import type { Report } from '../src/domain/report.ts';
import { type State, setCampaign, setPerson, setReport } from './state.ts';
import type { Turn } from './storage.ts';
import { queueMessage, remember, talkOf } from './talk.ts';

const RECENT = 50;

/** Ids of the reports that a turn changes. */
export const reportsChangedBy = (turn: Turn): string[] => [
  ...new Set(turn.changes.flatMap((change) => ('report' in change ? [change.report] : []))),
];

/**
 * Stores a turn whole or not at all; the state is changed in place. The cost is that of the turn itself and of copying the
 * answers of the reports it changes. Throws, with nothing changed, when the turn contradicts itself or changes a report that does not exist.
 */
export function applyTurn(state: State, turn: Turn): 'done' | 'duplicate' | 'stale' {
  const refused = refusal(state, turn);
  if (refused) return refused;
  apply(state, turn, prepare(state, turn));
  return 'done';
}

/** Why a turn must not be stored now; undefined when it may. Throws when the turn contradicts itself. */
export function refusal(state: State, turn: Turn): 'duplicate' | 'stale' | undefined {
  const talk = state.talks.get(turn.conversation);
  if (talk?.handled.has(turn.event)) return 'duplicate';
  if (turn.session && turn.session.conversation !== turn.conversation) {
    throw new Error(
      `turn ${turn.event} of ${turn.conversation} has a session of ${turn.session.conversation}`,
    );
  }
  const forgotten = reportsChangedBy(turn).find((id) => !Object.hasOwn(turn.expects.reports, id));
  if (forgotten !== undefined) {
    throw new Error(`turn ${turn.event} changes report ${forgotten} without its rev in expects`);
  }
  const expected = turn.expects.session;
  if (expected !== undefined && expected !== (talk?.session?.rev ?? 0)) return 'stale';
  if (Object.entries(turn.expects.reports).some(([id, rev]) => rev !== revOf(state, id))) return 'stale';
  const undone = turn.changes.some(
    (change) =>
      change.type === 'invitation_set' &&
      takesBack(state.invitations.get(change.invitation.id), change.invitation),
  );
  return undone ? 'stale' : undefined;
}

const revOf = (state: State, id: string): number =>
  state.reports.get(id)?.rev ?? state.shelved.get(id)?.rev ?? 0;

/** An invitation is used once and revoked for good: whoever read it before that happened was too slow. */
function takesBack(stored: Invitation | undefined, next: Invitation): boolean {
  if (!stored) return false;
  const usedOtherwise =
    stored.usedAt !== undefined && (stored.usedAt !== next.usedAt || stored.usedBy !== next.usedBy);
  return usedOtherwise || (stored.revokedAt !== undefined && stored.revokedAt !== next.revokedAt);
}

/** The reports as they stand after the turn, revs included. Changes nothing. Throws when one of them does not exist. */
export function prepare(state: State, turn: Turn): readonly Report[] {
  const next = new Map<string, Report>();
  for (const change of turn.changes) {
    if (!('report' in change)) continue;
    const before = next.get(change.report) ?? state.reports.get(change.report);
    next.set(change.report, applyToReport(before, change));
  }
  return [...next.values()].map((report) => ({
    ...report,
    rev: (state.reports.get(report.id)?.rev ?? 0) + 1,
  }));
}

/** Does what `prepare` worked out. Must not fail: by now the turn may be on disk. */
export function apply(state: State, turn: Turn, reports: readonly Report[]): void {
  for (const report of reports) setReport(state, report);
  turn.changes.forEach((change, n) => {
    const record: Recorded = {
      id: `${turn.event}:${n}`,
      at: turn.at,
      by: turn.by,
      conversation: turn.conversation,
      change,
    };
    applyRecord(state, record);
  });
  const talk = talkOf(state, turn.conversation);
  remember(talk, turn.event);
  if (turn.session) talk.session = { ...turn.session, rev: (talk.session?.rev ?? 0) + 1 };
  turn.outgoing.forEach(({ conversation, message }, n) => {
    queueMessage(state, conversation, `${turn.event}:${n}`, message, turn.at);
  });
}

function applyRecord(state: State, record: Recorded): void {
  const { change } = record;
  switch (change.type) {
    case 'unit_set':
      state.units.set(change.unit.id, change.unit);
      break;
    case 'campaign_set':
      setCampaign(state, change.campaign);
      break;
    case 'invitation_set':
      state.invitations.set(change.invitation.id, change.invitation);
      break;
    case 'person_set':
      setPerson(state, change.person);
      break;
    default:
      recordReportChange(state, change.report, record);
  }
}

function recordReportChange(state: State, report: string, record: Recorded): void {
  push(state.history, report, record);
  const unit = state.reports.get(report)?.unit;
  if (unit === undefined) return;
  const recent = push(state.recent, unit, record);
  if (recent.length > RECENT) recent.shift();
}

function push(lists: Map<string, Recorded[]>, key: string, record: Recorded): Recorded[] {
  const list = lists.get(key) ?? [];
  if (list.length === 0) lists.set(key, list);
  list.push(record);
  return list;
}

// What a turn does to the state: whether it may, what it would make of the reports, and doing it.
import type { Change } from '../src/domain/change.ts';
import { applyToReport } from '../src/domain/changed-report.ts';
import type { Invitation } from '../src/domain/people.ts';
import type { Report } from '../src/domain/report.ts';
import { checkForgotten, forgetPerson } from './forget.ts';
import { recordOf, recordReportChange } from './history.ts';
import { type State, setCampaign, setLink, setPerson, setReport } from './state.ts';
import type { Turn } from './storage.ts';
import { queueMessage, remember, talkOf } from './talk.ts';

/** Ids of the reports that a turn changes. */
export const reportsChangedBy = (turn: Turn): string[] => [
  ...new Set(turn.changes.flatMap((change) => ('report' in change ? [change.report] : []))),
];

/** Names of the channels whose memory a turn sets. */
const channelsChangedBy = (turn: Turn): string[] =>
  turn.changes.flatMap((change) => (change.type === 'channel_set' ? [change.channel] : []));

/**
 * Stores a turn whole or not at all; the state is changed in place. The cost is that of the turn itself and of copying the
 * answers of the reports it changes. Throws, with nothing changed, when the turn contradicts itself or changes a report, or
 * forgets a person, that does not exist.
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
  const { session, reports, channels = {} } = turn.expects;
  mustExpect(turn, 'report', reportsChangedBy(turn), reports);
  mustExpect(turn, 'channel', channelsChangedBy(turn), channels);
  if (session !== undefined && session !== (talk?.session?.rev ?? 0)) return 'stale';
  if (Object.entries(reports).some(([id, rev]) => rev !== revOf(state, id))) return 'stale';
  if (Object.entries(channels).some(([name, rev]) => rev !== (state.channels.get(name)?.rev ?? 0))) {
    return 'stale';
  }
  if (isOlder(turn.expects.campaigns, state.campaigns) || isOlder(turn.expects.people, state.people)) {
    return 'stale';
  }
  return turn.changes.some((change) => takesBack(state, change)) ? 'stale' : undefined;
}

/** True when one of them was changed since it was read. */
const isOlder = (
  revs: Readonly<Record<string, number>> | undefined,
  stored: ReadonlyMap<string, { readonly rev?: number }>,
): boolean => Object.entries(revs ?? {}).some(([id, rev]) => rev !== (stored.get(id)?.rev ?? 0));

function mustExpect(
  turn: Turn,
  what: string,
  changed: readonly string[],
  revs: Readonly<Record<string, number>>,
): void {
  const missing = changed.find((id) => !Object.hasOwn(revs, id));
  if (missing === undefined) return;
  throw new Error(`turn ${turn.event} changes ${what} ${missing} without its rev in expects`);
}

const revOf = (state: State, id: string): number =>
  state.reports.get(id)?.rev ?? state.shelved.get(id)?.rev ?? 0;

/** What happens once and for good: whoever read the person or the invitation before that was too slow. */
function takesBack({ people, invitations }: State, change: Change): boolean {
  if (change.type === 'person_set') {
    const leftAt = people.get(change.person.id)?.leftAt;
    return leftAt !== undefined && leftAt !== change.person.leftAt;
  }
  if (change.type !== 'invitation_set') return false;
  return takesInvitationBack(invitations.get(change.invitation.id), change.invitation);
}

/** An invitation is used once and revoked for good. */
function takesInvitationBack(stored: Invitation | undefined, next: Invitation): boolean {
  if (!stored) return false;
  const usedOtherwise =
    stored.usedAt !== undefined && (stored.usedAt !== next.usedAt || stored.usedBy !== next.usedBy);
  return usedOtherwise || (stored.revokedAt !== undefined && stored.revokedAt !== next.revokedAt);
}

/**
 * The reports as they stand after the turn, revs included. Changes nothing. Throws when one of them does not exist, or a person
 * who is to be forgotten.
 */
export function prepare(state: State, turn: Turn): readonly Report[] {
  checkForgotten(state, turn);
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
  const talk = talkOf(state, turn.conversation);
  const rev = (talk.session?.rev ?? 0) + 1;
  for (const report of reports) setReport(state, report);
  turn.changes.forEach((change, n) => {
    applyChange(state, turn, change, n);
  });
  remember(talk, turn.event);
  if (turn.session) talk.session = { ...turn.session, rev };
  turn.outgoing.forEach(({ conversation, message }, n) => {
    queueMessage(state, conversation, `${turn.event}:${n}`, message, turn.at);
  });
}

function applyChange(state: State, turn: Turn, change: Change, n: number): void {
  switch (change.type) {
    case 'unit_set':
      state.units.set(change.unit.id, change.unit);
      break;
    case 'campaign_set':
      setCampaign(state, counted(change.campaign, state.campaigns));
      recordOf(state, turn, change, n, change.campaign.id);
      break;
    case 'nudged':
    case 'tables_given':
      recordOf(state, turn, change, n, change.campaign);
      break;
    case 'invitation_set':
      state.invitations.set(change.invitation.id, change.invitation);
      break;
    case 'person_set':
      setPerson(state, counted(change.person, state.people));
      break;
    case 'person_forgotten':
      forgetPerson(state, change.person, change.at);
      break;
    case 'link_set':
      setLink(state, change.link, turn.at);
      break;
    case 'channel_set': {
      const rev = (turn.expects.channels?.[change.channel] ?? 0) + 1;
      state.channels.set(change.channel, { state: change.state, rev });
      break;
    }
    default:
      recordReportChange(state, turn, change, n);
  }
}

/** With the next rev. */
const counted = <T extends { readonly id: string; readonly rev?: number }>(
  next: T,
  stored: ReadonlyMap<string, T>,
): T => ({ ...next, rev: (stored.get(next.id)?.rev ?? 0) + 1 });

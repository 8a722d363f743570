// A store for tests that forgets everything at the end; what goes in and out passes through JSON text, its keys shuffled.

import { leadAlone } from './lead-alone.ts';
import {
  fateOf,
  loadedFrom,
  look,
  recentIn,
  reportIdsOf,
  sessionsOf,
  transcriptOf,
  unsentOf,
  wantedBy,
} from './look.ts';
import { emptyState } from './state.ts';
import type { Storage } from './storage.ts';
import { settle } from './talk.ts';
import { applyTurn } from './turn.ts';

/**
 * A store in memory with every promise of `Storage` except lasting. Objects come back as copies with their keys in another order,
 * as they do from a database, so that a test fails where code relies on identity, on key order or on something JSON cannot hold.
 */
export function memoryStorage(): Storage {
  const state = emptyState();
  const through = jsonShuffler();
  return {
    exclusive: true,
    load: async (ask) => {
      const looked = look(state, ask);
      return through(
        loadedFrom(
          looked,
          wantedBy(looked).map((id) => state.reports.get(id)),
        ),
      );
    },
    commit: async (turn) => applyTurn(state, through(turn)),
    unsent: async () => through(unsentOf(state)),
    onNews: () => {},
    lead: leadAlone,
    markSent: async (id, delivery) => {
      const attempts = state.unsent.get(id)?.out.attempts ?? 0;
      settle(state, id, through(delivery), delivery.outcome === 'retry' ? attempts + 1 : attempts);
    },
    fate: async (conversation, id) => through(fateOf(state, conversation, id)),
    sentAs: async (conversation, key) => state.talks.get(conversation)?.platformIds.get(key)?.id,
    transcript: async (conversation, after, limit) =>
      through(transcriptOf(state.talks.get(conversation), after, limit)),
    history: async (report) => through(state.history.get(report) ?? []),
    recent: async (unit) => through(recentIn(state, unit)),
    report: async (id) => through(state.reports.get(id)),
    reports: async (campaign) =>
      through(reportIdsOf(state, campaign).flatMap((id) => state.reports.get(id) ?? [])),
    campaign: async (id) => through(state.campaigns.get(id)),
    campaigns: async () => through([...state.campaigns.values()]),
    unit: async (id) => through(state.units.get(id)),
    units: async () => through([...state.units.values()]),
    people: async () => through([...state.people.values()]),
    invitations: async () => through([...state.invitations.values()]),
    sessions: async () => through(sessionsOf(state)),
    session: async (conversation) => through(state.talks.get(conversation)?.session),
    link: async (id) => through(state.links.get(id)),
    channelState: async (channel) => through(state.channels.get(channel)),
    close: async () => {},
  };
}

/** Copies through JSON text and shuffles the keys of every object, differently each time but the same in every run. */
function jsonShuffler(): <T>(value: T) => T {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  const shuffle = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffle);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => ({
      at: random(),
      entry: [key, shuffle(inner)],
    }));
    return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ entry }) => entry));
  };
  return <T>(value: T): T => {
    if (value === undefined) return value;
    const copy: unknown = JSON.parse(JSON.stringify(value));
    return shuffle(copy) as T;
  };
}

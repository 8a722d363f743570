// What this instance has read before, by id and rev, so that a turn asks the database only for what has changed since.
import type { Campaign } from '../src/domain/campaign.ts';
import type { Report } from '../src/domain/report.ts';

type Versioned = { readonly id: string; readonly rev?: number };

/** The newest that were used; the least used ones go. */
type Shelf<T extends Versioned> = {
  get(id: string): T | undefined;
  put(item: T): void;
};

/** What one conversation has shown last. */
type Seen = { readonly reports: readonly Report[]; readonly campaigns: readonly Campaign[] };

export type Known = {
  readonly reports: Shelf<Report>;
  readonly campaigns: Shelf<Campaign>;
  /** What a conversation will probably ask for again. */
  expected(conversation: string): Seen;
  show(conversation: string, ids: { reports: readonly string[]; campaigns: readonly string[] }): void;
};

/** So many are kept; a report of 130 answers takes about 50 KB. */
const MOST = { reports: 4_000, campaigns: 200, conversations: 5_000 };

export function createKnown(): Known {
  const reports = shelf<Report>(MOST.reports);
  const campaigns = shelf<Campaign>(MOST.campaigns);
  const shown = new Map<string, { reports: readonly string[]; campaigns: readonly string[] }>();
  return {
    reports,
    campaigns,
    expected(conversation) {
      const ids = shown.get(conversation);
      return {
        reports: (ids?.reports ?? []).flatMap((id) => reports.get(id) ?? []),
        campaigns: (ids?.campaigns ?? []).flatMap((id) => campaigns.get(id) ?? []),
      };
    },
    show: (conversation, ids) => putLast(shown, conversation, ids, MOST.conversations),
  };
}

function shelf<T extends Versioned>(most: number): Shelf<T> {
  const items = new Map<string, T>();
  return {
    get(id) {
      const item = items.get(id);
      if (item) putLast(items, id, item, most);
      return item;
    },
    put: (item) => putLast(items, item.id, item, most),
  };
}

function putLast<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}

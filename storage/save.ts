// Saving a snapshot while turns go on: a new journal, closed campaigns to the shelf, the snapshot, and only then the old journal goes.
import type { Gate } from './gate.ts';
import type { Journal } from './journal.ts';
import { campaignKey, reportKey } from './keys.ts';
import { removeJournalsBefore } from './recover.ts';
import { capture, type Saved } from './saved.ts';
import { shelve } from './shelf.ts';
import { type Shelved, type State, setShelved } from './state.ts';

/** `write` makes a snapshot durable in place of the one before; `savedFrom` is the journal that continues that one. */
export type Saving = {
  readonly folder: string;
  readonly state: State;
  readonly journal: Journal;
  readonly gate: Gate;
  readonly write: (saved: Saved) => Promise<void>;
  savedFrom: number;
};

/**
 * The new journal exists before the snapshot that names it, and the old journal until that snapshot is durable:
 * after a crash at any step, a snapshot and all journals from the one it names on are there.
 */
export async function save(store: Saving): Promise<void> {
  const { folder, state, journal } = store;
  let captured: Saved | undefined;
  await journal.startNext(() => {
    captured = capture(state, journal.number);
  });
  if (!captured) return;
  const leaving = await shelveClosed(folder, captured);
  const gone = new Set(leaving.map(({ id }) => id));
  await store.write({
    ...captured,
    reports: captured.reports.filter(({ id }) => !gone.has(id)),
    history: captured.history.filter(({ report }) => !gone.has(report)),
    shelved: [...captured.shelved, ...leaving],
  });
  store.savedFrom = captured.journal;
  const asSaved = new Map(captured.reports.map((report) => [report.id, report]));
  for (const card of leaving) {
    if (state.reports.get(card.id) === asSaved.get(card.id)) forget(store, card);
  }
  await removeJournalsBefore(folder, captured.journal);
}

async function shelveClosed(
  folder: string,
  { campaigns, reports, history }: Saved,
): Promise<readonly Shelved[]> {
  const records = new Map(history.map((of) => [of.report, of.records]));
  const shelved: Shelved[] = [];
  for (const { id } of campaigns.filter(({ closedAt }) => closedAt !== undefined)) {
    const items = reports
      .filter(({ campaign }) => campaign === id)
      .map((report) => ({ report, history: records.get(report.id) ?? [] }));
    if (items.length > 0) shelved.push(...(await shelve(folder, id, items)));
  }
  return shelved;
}

/** From now on the report is on the shelf only; not when a turn is about to change it or to open its campaign again. */
function forget({ state, gate }: Saving, card: Shelved): void {
  if (gate.busy(reportKey(card.id)) || gate.busy(campaignKey(card.campaign))) return;
  if (state.campaigns.get(card.campaign)?.closedAt === undefined) return;
  state.reports.delete(card.id);
  state.history.delete(card.id);
  setShelved(state, card);
}

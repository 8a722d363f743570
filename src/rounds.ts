// The ticking shell around the reminders: looks what is due, stores each as a turn of its own, and has them sent.
import type { Storage } from '../storage/storage.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Recorded } from './domain/change.ts';
import { type Due, remindersDue } from './reminders.ts';
import { deskOf, type Office } from './reminders-desk.ts';
import { isOpen as isOpenNow } from './reminders-slots.ts';
import { toldOf } from './reminders-told.ts';
import type { Known } from './rounds-messages.ts';
import { nudgeOutcomes } from './rounds-nudges.ts';
import { roundOutcomes } from './rounds-outcome.ts';
import { markOf, type Parts, remind, type Stored, safely, store } from './rounds-store.ts';

type Rounds = {
  /** Looks when it is time to; at most one look at a time. Never rejects. */
  readonly tick: () => Promise<void>;
  /** No further look; resolves when the one in hand has ended. */
  readonly stop: () => Promise<void>;
};

/** How often the clock is read (ms), so that one that is set to another hour is noticed at once. */
const TICK = 1_000;
/** After so many ticks things are looked at even within the same minute. */
const LOOK_TICKS = 5;
/** So many messages are stored side by side. */
const BATCH = 20;
/** What was settled in this process is remembered so far; what is forgotten only costs asking the store again. */
const MOST_SETTLED = 20_000;

/** Starts ticking at once. `settled` only saves work: what was sent is known to the store, for every process and for ever. */
export function createRounds(parts: Parts): Rounds {
  const settled = new Set<string>();
  let minute = '';
  let ticks = 0;
  let again = false;
  let running = true;
  let inHand: Promise<void> | undefined;

  async function lookWhenDue(): Promise<void> {
    const at = parts.now().toISOString().slice(0, 16);
    ticks += 1;
    if (!again && at === minute && ticks < LOOK_TICKS) return;
    [minute, ticks, again] = [at, 0, false];
    if (settled.size > MOST_SETTLED) settled.clear();
    try {
      again = await look(parts, settled);
    } catch (error) {
      parts.log.error({ err: error }, 'what reminders are due could not be looked up');
    }
  }
  const tick = () => {
    if (!running || parts.leads?.() === false) return Promise.resolve();
    inHand ??= lookWhenDue().finally(() => {
      inHand = undefined;
    });
    return inHand;
  };
  const timer = setInterval(tick, TICK);
  timer.unref();
  return {
    tick,
    async stop() {
      running = false;
      clearInterval(timer);
      await inHand;
    },
  };
}

type History = ReadonlyMap<string, readonly Recorded[]>;

/** Sends everything that is due now. True when somebody was faster and it must be looked at again. */
async function look(parts: Parts, settled: Set<string>): Promise<boolean> {
  const { storage, templates, holidays, timezone, now } = parts;
  const campaigns = (await storage.campaigns()).filter((each) => each.closedAt === undefined);
  if (campaigns.length === 0) return false;
  const [people, units, sessions] = await Promise.all([
    storage.people(),
    storage.units(),
    storage.sessions(),
  ]);
  const histories = await historiesOf(campaigns, storage);
  const told = Object.fromEntries(
    campaigns.flatMap((each) => Object.entries(toldOf(each, histories.get(each.id) ?? []))),
  );
  const office: Office = {
    ...{ campaigns, reports: [], people, units, sessions, holidays, timezone, templates, told },
  };
  const known: Known = { office, templates, now: now().toISOString() };
  const due = await dueNow(known, storage, settled);
  let stored = 0;
  let stale = false;
  const count = (outcome: Stored) => {
    if (outcome === 'done') stored += 1;
    if (outcome === 'stale') stale = true;
  };
  for (let n = 0; n < due.length; n += BATCH) {
    const batch = due.slice(n, n + BATCH);
    for (const outcome of await Promise.all(batch.map((each) => remind(parts, each, known, settled))))
      count(outcome);
    // Those who were written to first do not wait for the last.
    if (stored > 0) parts.wake();
  }
  const before = stored;
  for (const outcome of await tellOutcomes(parts, known, histories, settled)) count(outcome);
  if (stored > before) parts.wake();
  return stale;
}

async function historiesOf(campaigns: readonly Campaign[], storage: Storage): Promise<History> {
  const found = campaigns.map(async ({ id }) => [id, await storage.history(`campaign:${id}`)] as const);
  return new Map(await Promise.all(found));
}

/** What is due and was not settled before; reports are read only of campaigns that may have something. */
async function dueNow(
  { office, now }: Known,
  storage: Storage,
  settled: Set<string>,
): Promise<readonly Due[]> {
  const isOpen = (each: Due) => !settled.has(markOf(each));
  const possible = remindersDue(office, now).filter(isOpen);
  const ids = new Set(possible.map(({ campaign }) => campaign.id));
  // What is waited for stands in the reports themselves: they are read once a minute within the working hours.
  const minute = `waiting@${now.slice(0, 16)}`;
  const mayWait = !settled.has(minute) && isOpenNow(deskOf(office, now).clock);
  const campaigns = office.campaigns.filter(({ id }) => mayWait || ids.has(id));
  const reports = (await Promise.all(campaigns.map(({ id }) => storage.reports(id)))).flat();
  settled.add(minute);
  const due = remindersDue({ ...office, campaigns, reports }, now).filter(isOpen);
  const marks = new Set(due.map(markOf));
  // The unit has sent: what it takes back later was told to it then.
  for (const each of possible) if (!marks.has(markOf(each))) settled.add(markOf(each));
  return due;
}

/** Tells what became of rounds and nudges; a round is over when everybody was told. */
async function tellOutcomes(
  parts: Parts,
  known: Known,
  histories: History,
  settled: Set<string>,
): Promise<readonly Stored[]> {
  const { storage } = parts;
  const found = known.office.campaigns.map(async (campaign) => {
    const history = histories.get(campaign.id) ?? [];
    const nudges = await nudgeOutcomes(campaign, history, known, storage, settled);
    return [...(await roundOutcomes(campaign, known, storage, settled)), ...nudges];
  });
  const outcomes = (await Promise.all(found)).flat();
  const all = outcomes.map(async ({ tell, over }) => {
    const stored = await Promise.all(
      tell.map((each) =>
        safely(parts, each.key, () =>
          store(parts, { ...each, mark: each.key, expects: { reports: {} } }, settled),
        ),
      ),
    );
    if (stored.every((each) => each === 'done' || each === 'settled'))
      for (const mark of over) settled.add(mark);
    return stored;
  });
  return (await Promise.all(all)).flat();
}

// The messages that this instance has to send: a conversation belongs to one instance at a time, as long as messages wait in it.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../src/domain/conversation.ts';
import { StorageError } from './errors.ts';
import { hear, type News } from './postgres-news.ts';
import type { Database } from './postgres-pool.ts';
import { createSettled } from './postgres-settled.ts';
import { LEAVE, NEIGHBOURS, SETTLE, TEND, WAITING, WAITING_IN } from './postgres-sql.ts';
import { plain, toJson } from './postgres-text.ts';
import { lives, type ProcessId, thisPlaceOnly, thisProcess } from './process.ts';
import type { Delivery, Outgoing } from './storage.ts';
import { isSettled, outgoingAfter } from './talk.ts';

export type Outbox = {
  /** Who claims conversations here, and whether those of instances that no longer show themselves may be claimed. */
  claimant(): { readonly me: string; readonly mayTakeOver: boolean };
  /** What was just stored, and is ours to send. */
  add(messages: readonly Outgoing[]): void;
  /** What waited here has been taken away or changed; it is read again. */
  drop(conversation: string): void;
  unsent(): readonly Outgoing[];
  settle(id: string, delivery: Delivery): Promise<void>;
  /** Calls `listener` when another instance has left us something to send. */
  onNews(listener: (heard?: string) => void): void;
  close(): Promise<void>;
};

/**
 * How long (ms) an instance counts as alive after it has shown itself, and how often it does. Whoever has lost the database for a
 * while waits as long before it takes anything over, so that the others can show themselves first.
 */
const LEASE = 8_000;
const BEAT = 2_000;
/** How long a result that could not be recorded waits before the next try (ms). */
const RECORD_AGAIN = 300;

type Row = { readonly out: Omit<Outgoing, 'message'>; readonly message: Message };

export async function openOutbox(db: Database): Promise<Outbox> {
  const me = randomUUID();
  const place = await thisPlaceOnly();
  const own = JSON.stringify(await thisProcess());
  const mine = new Map<string, Outgoing>();
  const settled = createSettled();
  const listeners: ((heard?: string) => void)[] = [];
  let steadySince: number | undefined;
  let aliveUntil = 0;
  let closed = false;
  let tending: Promise<void> | undefined;

  const tell = (heard?: string): void => {
    for (const listener of listeners) listener(heard);
  };
  const put = ({ out, message }: Row): void => void mine.set(out.id, { ...out, message });
  const mayTakeOver = (): boolean => steadySince !== undefined && performance.now() - steadySince > LEASE;

  async function tend(): Promise<void> {
    const started = performance.now();
    const before = [...mine.keys()];
    const values = [me, LEASE, mayTakeOver(), place, own];
    const listed = (await db.ask<readonly (readonly [string, string])[]>(TEND, values)) ?? [];
    steadySince ??= started;
    aliveUntil = started + LEASE;
    const still = new Set(listed.map(([id]) => id));
    for (const id of before) if (!still.has(id)) mine.delete(id);
    const fresh = await stillWaiting(listed.filter(([id]) => !mine.has(id)));
    settled.looked(started);
    if (fresh.length === 0) return;
    const rows = await db.ask<readonly Row[]>(WAITING, [
      fresh.map(([id]) => plain(id)),
      fresh.map(([, conversation]) => plain(conversation)),
    ]);
    for (const row of rows ?? []) put(row);
    tell();
  }

  /** Without those of which the database has forgotten in a crash what became of them; it is told so again. */
  async function stillWaiting<T extends readonly [string, string]>(
    listed: readonly T[],
  ): Promise<readonly T[]> {
    for (const [id] of listed) {
      const delivery = settled.of(id);
      if (delivery) await db.ask(SETTLE, [me, plain(id), toJson(delivery)]);
    }
    return listed.filter(([id]) => !settled.of(id));
  }

  /** At most one at a time; never rejects. */
  function tendSafely(): Promise<void> {
    tending ??= tend()
      .catch((error: unknown) => {
        steadySince = undefined;
        if (!isAway(error)) process.emitWarning(error instanceof Error ? error : String(error));
      })
      .finally(() => {
        tending = undefined;
      });
    return tending;
  }

  async function reread(conversation: string, heard: boolean): Promise<void> {
    const before = idsOf(conversation);
    const rows = (await db.ask<readonly Row[]>(WAITING_IN, [plain(conversation), me])) ?? [];
    const still = new Map(rows.map((row) => [row.out.id, row]));
    for (const id of before) {
      const row = still.get(id);
      const known = mine.get(id);
      if (!row) mine.delete(id);
      else if (known) mine.set(id, { ...known, message: row.message });
    }
    for (const row of rows) if (!mine.has(row.out.id) && !settled.of(row.out.id)) put(row);
    tell(heard ? conversation : undefined);
  }

  const idsOf = (conversation: string): string[] =>
    [...mine.values()].flatMap((out) => (out.conversation === conversation ? [out.id] : []));

  const isForUs = ({ to }: News): boolean => to === me || to === 'anyone';
  const ear = await hear(db, (news) => {
    if (!isForUs(news) || closed) return;
    const { conversation, heard = false } = news;
    const done = conversation === undefined ? tendSafely() : reread(conversation, heard);
    // What was missed is found at the next beat.
    done.catch(() => {});
  });

  try {
    await leaveDead(db, place);
    await tend();
  } catch (error) {
    await ear.close();
    throw error;
  }
  const timer = setInterval(() => {
    void tendSafely();
    ear.restore();
  }, BEAT);
  timer.unref();

  return {
    claimant: () => ({ me, mayTakeOver: mayTakeOver() }),
    add(messages) {
      for (const out of messages) mine.set(out.id, out);
    },
    drop(conversation) {
      for (const id of idsOf(conversation)) mine.delete(id);
      reread(conversation, false).catch(() => {});
    },
    // Who has not shown itself for too long may have lost everything to another instance.
    unsent: () => (performance.now() < aliveUntil ? [...mine.values()].sort((a, b) => a.seq - b.seq) : []),
    async settle(id, delivery) {
      const outcome = await recorded(db, me, id, delivery, () => closed);
      if (isSettled(delivery)) settled.note(id, delivery);
      const out = mine.get(id);
      if (outcome === 'lost') {
        for (const each of out ? idsOf(out.conversation) : []) mine.delete(each);
        throw new Error(`message ${id}: another instance sends this conversation now`);
      }
      if (!out) return;
      if (outcome === 'gone' || isSettled(delivery)) mine.delete(id);
      else mine.set(id, outgoingAfter(out, delivery, out.attempts + (delivery.outcome === 'retry' ? 1 : 0)));
    },
    onNews: (listener) => void listeners.push(listener),
    async close() {
      closed = true;
      clearInterval(timer);
      await tending;
      await ear.close();
      await db.ask(LEAVE, [[me]]).catch(() => {});
    },
  };
}

/** Once a message is on its way, what became of it is recorded however long the database is away: or it would go out again. */
async function recorded(
  db: Database,
  me: string,
  id: string,
  delivery: Delivery,
  isClosed: () => boolean,
): Promise<string | undefined> {
  for (;;) {
    try {
      return await db.ask<string>(SETTLE, [me, plain(id), toJson(delivery)]);
    } catch (error) {
      // What has not begun need not be sent; whoever closes cannot wait.
      if (!isAway(error) || delivery.outcome === 'begun' || isClosed()) throw error;
      await pause(RECORD_AGAIN);
    }
  }
}

const isAway = (error: unknown): boolean => error instanceof StorageError && error.fault === 'away';

/** Instances that ran on this machine and whose process is no more need not be waited for. */
async function leaveDead(db: Database, place: string): Promise<void> {
  const near = (await db.ask<readonly { id: string; process: string }[]>(NEIGHBOURS, [place])) ?? [];
  const dead: string[] = [];
  for (const each of near) if (!(await lives(JSON.parse(each.process) as ProcessId))) dead.push(each.id);
  if (dead.length > 0) await db.ask(LEAVE, [dead]);
}

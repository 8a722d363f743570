// Parts as rows: written many at a time, with turn numbers that keep the order in which things were done.
import type pg from 'pg';
import type { Recorded } from '../src/domain/change.ts';
import type { History, Kind, Part } from './portable.ts';
import { recentRows } from './postgres-fill-recent.ts';
import { bodyRow, personRow, reportRow } from './postgres-rows.ts';
import { toJson } from './postgres-text.ts';
import type { SavedTalk } from './saved.ts';

export type Filler = {
  add(part: Part): Promise<void>;
  /** To be called once everything was added. */
  end(): Promise<void>;
};

/** About this many characters are sent at once. */
const BATCH = 1024 * 1024;

/** Within a transaction of `client`. */
export function createFiller(client: pg.Client): Filler {
  const waiting = new Map<Kind, string[]>();
  let size = 0;
  let turn = 0;
  const next = (): number => ++turn;

  async function flush(): Promise<void> {
    const batches = [...waiting];
    waiting.clear();
    size = 0;
    for (const [kind, rows] of batches) await client.query(PUT[kind], [`[${rows.join(',')}]`]);
  }
  async function put(kind: Kind, rows: readonly unknown[]): Promise<void> {
    const batch = waiting.get(kind) ?? [];
    waiting.set(kind, batch);
    for (const row of rows) {
      const text = toJson(row);
      batch.push(text);
      size += text.length;
    }
    if (size > BATCH) await flush();
  }
  return {
    async add(part) {
      if (part.kind !== 'recent') return put(part.kind, rowsOf(part, next));
      // What is recent stands in histories, which must be there first.
      await flush();
      const moved = await recentRows(client, part.item, next);
      await client.query(PUT.recent, [toJson(moved)]);
    },
    async end() {
      await flush();
      await client.query(`select setval('turn_numbers', greatest($1::bigint, nextval('turn_numbers')))`, [
        next(),
      ]);
    },
  };
}

function rowsOf(part: Exclude<Part, { kind: 'recent' }>, next: () => number): readonly unknown[] {
  switch (part.kind) {
    case 'units':
    case 'campaigns':
    case 'invitations':
    case 'links':
      return [bodyRow([part.item.id, part.item])];
    case 'people':
      return [personRow([part.item.id, part.item])];
    case 'channels': {
      const { channel, ...memory } = part.item;
      return [{ name: channel, ...memory }];
    }
    case 'reports':
      return [reportRow(undefined, part.item)];
    case 'history':
      return historyRows(part.item, next);
    case 'talks':
      return [talkRow(part.item, next)];
  }
}

/** What one event did stands under one number. */
function historyRows({ of, records }: History, next: () => number): readonly unknown[] {
  let before: Recorded | undefined;
  let turn = 0;
  return records.map((record) => {
    const { event, n } = placeOf(record);
    const last = before && placeOf(before);
    if (last?.event !== event || last.n >= n || before?.conversation !== record.conversation) turn = next();
    before = record;
    const { at, by, conversation, change } = record;
    return { of, turn, n, event, at, by, conversation, change };
  });
}

/** Event and number from the id of a record or message, which is "<event>:<n>". */
function placeOf({ id }: { readonly id: string }): { readonly event: string; readonly n: number } {
  const colon = id.lastIndexOf(':');
  return { event: id.slice(0, colon), n: Number(id.slice(colon + 1)) };
}

function talkRow(talk: SavedTalk, next: () => number) {
  const { conversation, session, nextSeq, handled, messages, platformIds } = talk;
  return {
    ...{ id: conversation, next_seq: nextSeq, turns: handled.length },
    ...(session && { session }),
    handled: handled.map((event) => ({ event, turn: next() })),
    messages: messages.map(messageRow),
    keys: platformIds.map(({ key, id, seq }) => ({ key, platform: id, seq })),
  };
}

function messageRow({
  id,
  seq,
  createdAt,
  attempts,
  begun,
  held,
  message,
  dealt,
  failed,
}: SavedTalk['messages'][number]) {
  const state = dealt ? (failed?.is ?? 'sent') : held ? 'held' : 'waiting';
  return {
    ...{ seq, id, event: placeOf({ id }).event, created: createdAt, state, unsent: !dealt, attempts, begun },
    ...(held && { hold: held.hold, held_at: held.at, knocked_at: held.knockedAt }),
    ...(failed?.is === 'never' && { why: failed.why }),
    ...{ key: message.key, body: message },
  };
}

const office = (part: string): string =>
  // Links that have expired long ago are known for as long as they were.
  `select put_office(jsonb_build_object('at', '-infinity', '${part}', $1::jsonb))`;

/** What writes the rows of a kind. $1 a JSON array of them */
const PUT: Readonly<Record<Kind, string>> = {
  units: office('units'),
  people: office('people'),
  campaigns: office('campaigns'),
  invitations: office('invitations'),
  links: office('links'),
  channels: office('channels'),
  reports: 'select put_reports($1::jsonb)',
  history: `insert into history (of, turn, n, event, at, by_person, conversation, change)
    select r.of, r.turn, r.n, r.event, r.at, r.by, r.conversation, r.change
    from jsonb_to_recordset($1::jsonb)
      as r(of text, turn bigint, n integer, event text, at text, by text, conversation text, change jsonb)`,
  recent: `update history h set turn = r.next, unit = coalesce(r.unit, h.unit)
    from jsonb_to_recordset($1::jsonb) as r(of text, turn bigint, n integer, next bigint, unit text)
    where h.of = r.of and h.turn = r.turn and h.n = r.n`,
  talks: `with given as materialized (
    select * from jsonb_to_recordset($1::jsonb)
      as t(id text, session jsonb, next_seq integer, turns integer, handled jsonb, messages jsonb, keys jsonb)
  ), talks as (
    insert into conversations (id, session, rev, next_seq, turns)
    select id, session, coalesce((session->>'rev')::integer, 0), next_seq, turns from given
  ), events as (
    insert into handled (conversation, event, turn)
    select g.id, h.event, h.turn from given g, jsonb_to_recordset(g.handled) as h(event text, turn bigint)
  ), said as (
    insert into messages (conversation, seq, id, event, created, state, unsent, attempts, begun, hold, held_at,
      knocked_at, why, key, body)
    select g.id, m.* from given g, jsonb_to_recordset(g.messages) as m(seq integer, id text, event text,
      created text, state text, unsent boolean, attempts integer, begun text, hold text, held_at text,
      knocked_at text, why text, key text, body jsonb)
  )
  insert into sent_keys (conversation, key, platform, seq)
  select g.id, k.key, k.platform, k.seq from given g, jsonb_to_recordset(g.keys) as k(key text, platform text, seq integer)`,
};

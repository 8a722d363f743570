// A database as parts: read in one transaction, a few rows at a time.
import type pg from 'pg';
import type { Recorded } from '../src/domain/change.ts';
import type { Message, Session } from '../src/domain/conversation.ts';
import { forgetOldest } from './history.ts';
import type { Part } from './portable.ts';
import { type FoundReport, reportOf } from './postgres-load.ts';
import type { Database } from './postgres-pool.ts';
import { list, OUTGOING, RECORD, REPORT } from './postgres-sql.ts';
import type { SavedTalk } from './saved.ts';
import type { Outgoing } from './storage.ts';

/** So many rows are in memory at once. */
const AT_ONCE = 50;

/**
 * Everything as it stood at one moment, also while instances write, but for the files of the web chat, which are kept for a day only;
 * changes nothing. Throws StorageError 'away'.
 */
export async function* partsOfDatabase(db: Database): AsyncGenerator<Part> {
  const client = await db.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    yield* partsIn(client);
  } finally {
    await client.end();
  }
}

type FoundHistory = { readonly of: string; readonly records: readonly Recorded[] };

/** The same within a transaction. */
export async function* partsIn(client: pg.Client): AsyncGenerator<Part> {
  for (const kind of ['units', 'people', 'campaigns', 'invitations'] as const)
    for await (const item of rows(client, `select body from ${kind} order by nth`))
      yield { kind, item } as Part;
  for await (const item of rows(client, `select body from links order by body->>'createdAt', id`))
    yield { kind: 'links', item } as Part;
  const channel = `json_build_object('channel', name, 'state', state, 'rev', rev)`;
  for await (const item of rows(client, `select ${channel} from channels order by name`))
    yield { kind: 'channels', item } as Part;
  for await (const { report, of, records } of rows<FoundHistory & { report: FoundReport }>(client, REPORTS)) {
    yield { kind: 'reports', item: reportOf(report) };
    if (records.length > 0) yield { kind: 'history', item: { of, records } };
  }
  for await (const item of rows<FoundHistory>(client, OTHER_HISTORIES)) yield { kind: 'history', item };
  for await (const { unit, records } of rows<{ unit: string; records: Recorded[] }>(client, RECENT)) {
    forgetOldest(records);
    yield { kind: 'recent', item: { unit, records } };
  }
  for await (const found of rows<FoundTalk>(client, TALKS)) yield { kind: 'talks', item: talkFrom(found) };
}

/** The values of the only column of a query. */
async function* rows<T>(client: pg.Client, query: string): AsyncGenerator<T> {
  await client.query(`declare parts no scroll cursor for ${query}`);
  for (;;) {
    const found = await client.query<[T]>({ text: `fetch ${AT_ONCE} from parts`, rowMode: 'array' });
    for (const [value] of found.rows) yield value;
    if (found.rows.length < AT_ONCE) break;
  }
  await client.query('close parts');
}

const REPORTS = `select json_build_object('report', ${REPORT}, 'of', r.id,
  'records', ${list(`${RECORD} order by h.turn, h.n`, 'from history h where h.of = r.id')}) from reports r order by r.nth`;

const OTHER_HISTORIES = `select json_build_object('of', h.of, 'records', json_agg(${RECORD} order by h.turn, h.n))
  from history h where not exists (select 1 from reports r where r.id = h.of) group by h.of order by min(h.turn)`;

/** As postgres-look.ts has them for one unit. */
const RECENT = `select json_build_object('unit', u.unit, 'records', ${list(
  `${RECORD} order by h.turn, h.n`,
  `from history h where h.unit = u.unit and h.turn >= (
    select min(turn) from (
      select distinct turn from (
        select n.turn from history n where n.unit = u.unit order by n.turn desc, n.n desc limit 401
      ) t order by turn desc limit 50
    ) newest
  )`,
)}) from (select distinct unit from history where unit is not null) u order by u.unit`;

type FoundTalk = Omit<SavedTalk, 'session' | 'messages'> & {
  readonly session: Session | null;
  readonly messages: readonly {
    readonly out: Omit<Outgoing, 'message'>;
    readonly message: Message;
    readonly state: string;
    readonly dealt: boolean;
    readonly why: string | null;
  }[];
};

const TALKS = `select json_build_object('conversation', c.id, 'session', c.session, 'nextSeq', c.next_seq,
  'handled', ${list('h.event order by h.turn', 'from handled h where h.conversation = c.id')},
  'messages', ${list(
    `json_build_object('out', ${OUTGOING}, 'message', m.body, 'state', m.state, 'dealt', not m.unsent, 'why', m.why)
      order by m.seq`,
    'from messages m where m.conversation = c.id',
  )},
  'platformIds', ${list(
    `json_build_object('key', k.key, 'id', k.platform, 'seq', k.seq) order by k.seq, k.key collate "C"`,
    'from sent_keys k where k.conversation = c.id',
  )}
) from conversations c order by c.nth`;

const talkFrom = ({ session, messages, ...talk }: FoundTalk): SavedTalk => ({
  ...talk,
  ...(session && { session }),
  messages: messages.map(({ out, message, dealt, ...rest }) => ({
    ...{ ...out, message, dealt },
    ...(dealt && failedOf(rest)),
  })),
});

function failedOf({
  state,
  why,
}: {
  state: string;
  why: string | null;
}): Pick<SavedTalk['messages'][number], 'failed'> {
  if (state === 'unknown') return { failed: { is: 'unknown' } };
  return state === 'never' ? { failed: { is: 'never', why: why ?? '' } } : {};
}

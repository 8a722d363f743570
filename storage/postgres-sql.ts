// The statements that read. Each gives one JSON document, so that what belongs together is of one moment and one round trip.
import type { Statement } from './postgres-pool.ts';

export const REPORT = `json_build_object(
  'body', r.body, 'rev', r.rev,
  'answers', (select coalesce(json_object_agg(a.indicator, a.body), '{}') from answers a where a.report = r.id),
  'submissions', (select coalesce(json_agg(s.body order by s.nth), '[]') from submissions s where s.report = r.id))`;

export const RECORD = `json_build_object('id', h.event || ':' || h.n, 'at', h.at, 'by', h.by_person,
  'conversation', h.conversation, 'change', h.change)`;

export const OUTGOING = `json_strip_nulls(json_build_object('id', m.id, 'conversation', m.conversation, 'seq', m.seq,
  'createdAt', m.created, 'attempts', m.attempts, 'begun', m.begun,
  'held', case when m.hold is not null then
    json_build_object('hold', m.hold, 'at', m.held_at, 'knockedAt', m.knocked_at) end))`;

/** A message apart from its words, which may hold a null of their own. */
const MESSAGE = `json_build_object('out', ${OUTGOING}, 'message', m.body)`;

/** A JSON array of `what` for every row of `rest`. */
export const list = (what: string, rest: string): string =>
  `(select coalesce(json_agg(${what}), '[]') ${rest})`;

/** Whole reports, in the order of their ids. $1 ids */
export const REPORTS: Statement = {
  name: 'reports',
  text: `select ${list(`${REPORT} order by r.id`, 'from reports r where r.id = any($1)')}`,
};

/** What decides about a turn. $1 conversation, $2 event, and the ids of $3 reports, $4 campaigns, $5 people, $6 invitations, $7 channels */
export const BASIS: Statement = {
  name: 'basis',
  text: `select json_build_object(
  'handled', exists (select 1 from handled where conversation = $1 and event = $2),
  'session', (select session from conversations where id = $1),
  'reports', ${list(REPORT, 'from reports r where r.id = any($3)')},
  'campaigns', ${list('c.body', 'from campaigns c where c.id = any($4)')},
  'people', ${list('p.body', 'from people p where p.id = any($5)')},
  'invitations', ${list(`json_build_object('rev', i.rev, 'body', i.body)`, 'from invitations i where i.id = any($6)')},
  'channels', ${list(
    `json_build_object('name', c.name, 'rev', c.rev, 'state', c.state)`,
    'from channels c where c.name = any($7)',
  )}
)`,
};

/** What forgetting people touches besides: everybody, their invitations, and what is said where they may be named. $1 ids of people */
export const FORGOTTEN: Statement = {
  name: 'forgotten',
  text: `with gone as (select * from people where id = any($1)),
readers as (
  select p.* from people p where p.overseer or p.unit in (select unit from gone) or exists (select 1 from gone where overseer)
)
select json_build_object(
  'people', ${list('p.body order by p.nth', 'from readers p')},
  'invitations', ${list(
    `json_build_object('rev', i.rev, 'body', i.body)`,
    'from invitations i where i.person = any($1) or i.used_by = any($1)',
  )},
  'messages', ${list(
    MESSAGE,
    `from messages m where m.conversation in (
      select unnest(conversations) from readers union select unnest(conversations) from gone)`,
  )}
)`,
};

/** Messages that wait, of these ids, in the order of conversation and seq. $1 ids, $2 conversations */
export const WAITING: Statement = {
  name: 'waiting',
  text: `select ${list(
    `${MESSAGE} order by m.conversation, m.seq`,
    'from messages m where m.unsent and m.id = any($1) and m.conversation = any($2)',
  )}`,
};

const some = (name: string, text: string): Statement => ({ name, text: `select ${text}` });

/** All messages of one conversation that wait and are this instance's to send. $1 conversation, $2 instance */
export const WAITING_IN: Statement = {
  name: 'waitingIn',
  text: `select ${list(
    `${MESSAGE} order by m.seq`,
    `from messages m join conversations c on c.id = m.conversation
      where m.unsent and m.conversation = $1 and c.owner = $2`,
  )}`,
};

/** The parts of a turn, see migrations/002; gives the messages that are this instance's to send. $1 the turn */
export const STORE: Statement = { name: 'store', text: 'select store_turn($1::jsonb)' };

/** See migrations/004. $1 instance, $2 lease in ms, $3 may take over, $4 place, $5 process */
export const TEND: Statement = { name: 'tend', text: 'select tend_outbox($1, $2, $3, $4, $5)' };

/**
 * $1 instance, $2 message, $3 delivery. Only that a message has begun must be durable at once: for all else the server need not wait
 * for its disk (PostgreSQL: runtime-config-wal, synchronous_commit).
 */
export const SETTLE: Statement = {
  name: 'settle',
  text: `select to_json(settle_message($1, $2, $3::jsonb)),
    case when $3::jsonb->>'outcome' <> 'begun' then set_config('synchronous_commit', 'off', true) end`,
};

/** $1 instances */
export const LEAVE: Statement = { name: 'leave', text: 'select to_json(leave_outbox($1)::text)' };

/** Instances that once ran where this one runs. $1 place */
export const NEIGHBOURS: Statement = {
  name: 'neighbours',
  text: `select ${list(`json_build_object('id', i.id, 'process', i.process)`, 'from instances i where i.place = $1')}`,
};

/** What is asked for one by one; the parameters are those of the verbs in storage.ts. */
export const ASK = {
  fate: {
    name: 'fate',
    text: `select json_build_object('state', m.state, 'hold', m.hold, 'knocked', m.knocked_at is not null, 'why', m.why)
      from messages m where m.conversation = $1 and (m.id = $2 or m.event = $2) order by m.seq limit 1`,
  },
  sentAs: {
    name: 'sentAs',
    text: 'select to_json(platform) from sent_keys where conversation = $1 and key = $2',
  },
  transcript: some(
    'transcript',
    list(
      `${MESSAGE} order by m.seq`,
      'from (select * from messages where conversation = $1 and seq > $2 order by seq desc limit $3) m',
    ),
  ),
  /** With more than `RECENT` says (see history.ts), which leaves out the oldest. */
  recent: some(
    'recent',
    list(
      `${RECORD} order by h.turn, h.n`,
      `from history h where h.unit = $1 and h.turn >= (
        select min(turn) from (
          select distinct turn from (
            select turn from history where unit = $1 order by turn desc, n desc limit 401
          ) t order by turn desc limit 50
        ) newest)`,
    ),
  ),
  history: some('history', list(`${RECORD} order by h.turn, h.n`, 'from history h where h.of = $1')),
  reportsOf: some(
    'reportsOf',
    list(
      `json_build_object('id', r.id, 'whole',
        case when r.rev is distinct from ($2::jsonb->>r.id)::integer then ${REPORT} end) order by r.id collate "C"`,
      'from reports r where r.campaign = $1',
    ),
  ),
  campaign: { name: 'campaign', text: 'select body from campaigns where id = $1' },
  campaigns: some('campaigns', list('body order by nth', 'from campaigns')),
  unit: { name: 'unit', text: 'select body from units where id = $1' },
  units: some('units', list('body order by nth', 'from units')),
  people: some('people', list('body order by nth', 'from people')),
  invitations: some('invitations', list('body order by nth', 'from invitations')),
  sessions: some('sessions', list('session order by nth', 'from conversations where session is not null')),
  session: { name: 'session', text: 'select session from conversations where id = $1' },
  link: { name: 'link', text: 'select body from links where id = $1' },
  channelState: {
    name: 'channelState',
    text: `select json_build_object('state', state, 'rev', rev) from channels where name = $1`,
  },
} as const satisfies Record<string, Statement>;

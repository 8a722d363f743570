// The statement that reads what a turn may look at: everything of one moment, in one round trip.
import type { Statement } from './postgres-pool.ts';
import { list, OUTGOING, REPORT } from './postgres-sql.ts';

const CARD = `'id', r.id, 'campaign', r.campaign, 'unit', r.unit, 'status', r.status, 'rev', r.rev,
  'template', json_build_object('id', r.template, 'version', r.version)`;

/**
 * What somebody may look at. $1 conversation, $2 event, $3 an invitation or null, $4 { reports: { id: rev }, campaigns: { id: rev } }
 * whose bodies are known.
 */
export const LOOK: Statement = {
  name: 'look',
  text: `with recursive talk as materialized (select session from conversations where id = $1),
who as materialized (
  select p.id, p.unit, p.overseer, p.body->>'role' as role from people p
  where p.conversations @> array[$1::text] and (
    not exists (select 1 from talk where session is not null) or p.id = (select session->>'person' from talk))
  order by p.touched desc limit 1
),
invited as materialized (select * from invitations where id = $3),
scope as materialized (
  (select unit, overseer from who
  union all
  select unit, body->>'role' in ('coordinator', 'viewer') from invited where not exists (select 1 from who))
  limit 1
),
above(id) as (
  select unit from scope
  union
  select p.id from above, lateral (select u.parent as id from units u where u.id = above.id limit 1) p where p.id is not null
),
merged(id) as (
  select unit from scope
  union
  select m.id from merged, lateral (select u.id from units u where u.merged_into = merged.id offset 0) m
),
opened as materialized (
  select c.* from campaigns c
  where c.open and c.units @> array[(select unit from scope)] and not (select overseer from scope)
  union all
  select c.* from campaigns c where c.open and (select overseer from scope)
),
seen as materialized (
  select r.* from reports r where r.unit = any(array(select id from merged))
  union all
  select r.* from reports r where r.campaign = any(array(select id from opened)) and (select overseer from scope)
    and r.unit <> all(array(select id from merged))
),
periods as materialized (
  select c.* from campaigns c where c.id = any(array(select id from opened union select campaign from seen))
    or (not c.open and (select overseer from scope))
),
near as (
  select u.* from units u where u.id = any(array(select id from above union select id from merged))
    and not (select overseer from scope)
  union all
  select u.* from units u where (select overseer from scope)
),
others as (
  select p.* from people p
  where not (select overseer from scope)
    and (p.overseer or p.unit = (select unit from scope) or p.id = (select id from who))
  union all
  select p.* from people p where (select overseer from scope)
)
select json_build_object(
  'handled', exists (select 1 from handled where conversation = $1 and event = $2),
  'session', (select session from talk),
  'invitation', (select body from invited),
  'units', ${list('u.body order by u.nth', 'from near u')},
  'campaigns', ${list(
    `json_build_object('id', c.id, 'rev', c.rev,
      'body', case when c.rev is distinct from ($4::jsonb->'campaigns'->>c.id)::integer then c.body end) order by c.nth`,
    'from periods c',
  )},
  'reports', ${list(
    `json_build_object(${CARD}, 'whole', case when r.campaign in (select id from opened)
      and r.rev is distinct from ($4::jsonb->'reports'->>r.id)::integer then ${REPORT} end) order by r.nth`,
    'from seen r',
  )},
  'people', ${list(`json_build_object('touched', p.touched, 'body', p.body) order by p.nth`, 'from others p')},
  'invitations', ${list(
    'i.body order by i.nth',
    'from invitations i where i.open and ((select overseer from scope) or i.unit = (select unit from scope))',
  )},
  'held', ${list(
    `json_build_object('out', ${OUTGOING}, 'session', c.session) order by m.conversation, m.seq`,
    `from messages m join conversations c on c.id = m.conversation
      where m.unsent and m.hold is not null and (select overseer from scope)`,
  )}
)`,
};

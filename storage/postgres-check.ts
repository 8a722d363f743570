// Looks through a database without changing it: how much is there, a digest of each table, and whether everything fits together.
import type { Database, Statement } from './postgres-pool.ts';

/** Rows of a table and a digest of them that does not depend on their order: equal digests, equal contents. */
type TableSum = { readonly table: string; readonly rows: number; readonly digest: string };

/** Something that must not be, how often, and one example of it. */
type Discord = { readonly what: DiscordKind; readonly count: number; readonly example: string };

export type Checked = { readonly tables: readonly TableSum[]; readonly discords: readonly Discord[] };

/** All but instances, uploads and migrations: what lasts. */
const TABLES = [
  ...['units', 'people', 'campaigns', 'reports', 'answers', 'submissions', 'history', 'invitations', 'links'],
  ...['channels', 'conversations', 'handled', 'messages', 'sent_keys'],
] as const;

const SENT = `('submitted', 'accepted')`;

/** Each gives the ids of what is wrong. */
const RULES = {
  reportWithoutCampaign:
    'select r.id from reports r where not exists (select 1 from campaigns c where c.id = r.campaign)',
  reportWithoutUnit:
    'select r.id from reports r where not exists (select 1 from units u where u.id = r.unit)',
  personWithoutUnit: 'select p.id from people p where not exists (select 1 from units u where u.id = p.unit)',
  reportColumns: `select id from reports where body->>'id' <> id or body->>'campaign' <> campaign or body->>'unit' <> unit
    or body->>'status' <> status or body->'template'->>'id' <> template`,
  campaignColumns: `select id from campaigns where body->>'id' <> id or body->>'due' <> due or open = (body ? 'closedAt')
    or (body->>'rev')::integer <> rev`,
  personColumns: `select id from people where body->>'id' <> id or body->>'unit' <> unit or (body->>'rev')::integer <> rev`,
  sentWithoutVersion: `select r.id from reports r where r.status in ${SENT}
    and not exists (select 1 from submissions s where s.report = r.id)`,
  versionMissing: `select report as id from submissions group by report having max(nth) <> count(*)`,
  reportWithoutHistory: `select r.id from reports r where not exists (
    select 1 from history h where h.of = r.id and h.change->>'type' = 'report_started')`,
  answerWithoutHistory: `select a.report as id from answers a where not exists (
    select 1 from history h where h.of = a.report and h.change->>'type' = 'answer_set'
      and h.change->>'indicator' = a.indicator)`,
  messageWithoutTalk: `select m.id from messages m left join conversations c on c.id = m.conversation
    where c.id is null or m.seq >= c.next_seq`,
  sessionColumns: `select id from conversations where session is not null
    and (session->>'conversation' <> id or (session->>'rev')::integer <> rev)`,
} as const;

type DiscordKind = keyof typeof RULES;

/** Reads every row once; on a large database this takes a while but holds up nobody. Throws StorageError 'away'. */
export async function checkDatabase(db: Database): Promise<Checked> {
  const tables: TableSum[] = [];
  for (const table of TABLES) {
    const sum = await db.ask<Omit<TableSum, 'table'>>(sumOf(table), []);
    if (sum) tables.push({ table, ...sum });
  }
  const discords: Discord[] = [];
  for (const [what, rule] of Object.entries(RULES) as [DiscordKind, string][]) {
    const found = await db.ask<{ count: number; example: string }>(countOf(what, rule), []);
    if (found && found.count > 0) discords.push({ what, ...found });
  }
  return { tables, discords };
}

const sumOf = (table: string): Statement => ({
  name: `sum ${table}`,
  text: `select json_build_object('rows', count(*), 'digest', md5(coalesce(string_agg(sum, '' order by sum), '')))
    from (select md5(t::text) as sum from ${table} t) sums`,
});

const countOf = (name: string, rule: string): Statement => ({
  name: `rule ${name}`,
  text: `select json_build_object('count', count(*), 'example', min(id)) from (${rule}) wrong`,
});

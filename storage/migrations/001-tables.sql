-- Everything that is stored: columns for what is looked up by, jsonb for the rest. Ids are the program's own; see ../postgres-text.ts.
create table units (
  id text primary key,
  nth bigint generated always as identity,
  parent text,
  merged_into text,
  body jsonb not null
);
create index units_merged on units (merged_into) where merged_into is not null;

-- conversations: none once the person has left. touched: in which order people were last set; rev: as in the body, 0 where it has none.
create table people (
  id text primary key,
  nth bigint generated always as identity,
  unit text not null,
  overseer boolean not null,
  conversations text[] not null,
  touched bigint not null,
  rev integer not null,
  body jsonb not null
);
create index people_unit on people (unit);
create index people_overseers on people (id) where overseer;
create index people_conversations on people using gin (conversations) with (fastupdate = off);

create table campaigns (
  id text primary key,
  nth bigint generated always as identity,
  template text not null,
  due text not null,
  cutoff text not null,
  open boolean not null,
  units text[] not null,
  rev integer not null,
  body jsonb not null
);
create index campaigns_units on campaigns using gin (units) with (fastupdate = off) where open;

-- An answer is a row of its own, so that the cost of one does not grow with the form. body: what is neither a column nor a row.
create table reports (
  id text primary key,
  nth bigint generated always as identity,
  campaign text not null,
  unit text not null,
  template text not null,
  version integer not null,
  status text not null,
  rev integer not null,
  body jsonb not null
) with (fillfactor = 70);
create index reports_unit on reports (unit);
create index reports_campaign on reports (campaign);

create table answers (
  report text not null references reports on delete cascade,
  indicator text not null,
  body jsonb not null,
  primary key (report, indicator)
);

create table submissions (
  report text not null references reports on delete cascade,
  nth integer not null,
  body jsonb not null,
  primary key (report, nth)
);

-- of: a report, or "campaign:" and a campaign. turn and n give the order. unit: whose change it is to undo, null when it is not.
create sequence turn_numbers;
create table history (
  of text not null,
  turn bigint not null,
  n integer not null,
  unit text,
  event text not null,
  at text not null,
  by_person text not null,
  conversation text not null,
  change jsonb not null,
  primary key (of, turn, n)
);
create index history_unit on history (unit, turn desc, n desc) where unit is not null;

create table invitations (
  id text primary key,
  nth bigint generated always as identity,
  unit text not null,
  person text,
  used_by text,
  open boolean not null,
  rev integer not null,
  body jsonb not null
);
create index invitations_open on invitations (unit) where open;
create index invitations_person on invitations (person);
create index invitations_used_by on invitations (used_by);

create table links (
  id text primary key,
  conversation text not null,
  expires timestamptz not null,
  body jsonb not null
);
create index links_expires on links (expires);
create index links_conversation on links (conversation);

create table channels (
  name text primary key,
  rev integer not null,
  state jsonb not null
);

-- Programs at work; until: when one counts as gone unless it has shown itself again. place and process: where it runs.
create table instances (
  id text primary key,
  until timestamptz not null,
  place text not null,
  process text not null
);

-- rev: of the session, 0 without one. owner: the instance that sends this conversation's messages; nobody while none wait.
create table conversations (
  id text primary key,
  nth bigint generated always as identity,
  session jsonb,
  rev integer not null default 0,
  next_seq integer not null default 1,
  turns integer not null default 0,
  owner text
) with (fillfactor = 70);
create index conversations_owner on conversations (owner) where owner is not null;

create table handled (
  conversation text not null,
  event text not null,
  turn bigint not null,
  primary key (conversation, event)
);

-- state: waiting, held, sent, unknown, never. unsent: the first two.
create table messages (
  conversation text not null,
  seq integer not null,
  id text not null,
  event text not null,
  created text not null,
  state text not null default 'waiting',
  unsent boolean not null default true,
  attempts integer not null default 0,
  begun text,
  hold text,
  held_at text,
  knocked_at text,
  why text,
  key text,
  body jsonb not null,
  primary key (conversation, seq)
);
create index messages_id on messages (id);
create index messages_unsent on messages (conversation, seq) where unsent;

-- The channel's own id of the newest sent message with a key.
create table sent_keys (
  conversation text not null,
  key text not null,
  platform text not null,
  seq integer not null,
  primary key (conversation, key)
);

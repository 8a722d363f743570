-- Files that people sent in the web chat, for as long as they may be read. source: under which one is found; whole: it came to its end.
create table uploads (
  id bigint generated always as identity primary key,
  source text not null,
  conversation text not null,
  at timestamptz not null default now(),
  whole boolean not null default false
);
create index uploads_source on uploads (source);
create index uploads_conversation on uploads (conversation);
create index uploads_at on uploads (at);

create table upload_pieces (
  upload bigint not null references uploads on delete cascade,
  nth integer not null,
  bytes bytea not null,
  primary key (upload, nth)
);
-- Spreadsheets are compressed already.
alter table upload_pieces alter column bytes set storage external;

-- Everything said in these conversations and sent into them, their sessions and their links; and what is left of words in others.
create or replace function forget_talks(t jsonb) returns void language plpgsql as $$
declare
  gone constant text[] := array(select jsonb_array_elements_text(t->'forget'));
begin
  delete from messages where conversation = any(gone);
  delete from sent_keys where conversation = any(gone);
  delete from links where conversation = any(gone);
  delete from uploads where conversation = any(gone);
  update messages m set body = r.body
  from jsonb_to_recordset(t->'reworded') as r(conversation text, seq integer, body jsonb)
  where m.conversation = r.conversation and m.seq = r.seq;
  perform pg_notify('chitieu', news_for(owner, id, false))
  from conversations
  where owner <> t->>'me'
    and (id = any(gone) or id in (select r->>'conversation' from jsonb_array_elements(t->'reworded') r));
  update conversations set session = null, rev = 0, owner = null where id = any(gone);
end $$;

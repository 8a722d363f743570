-- Stores what a turn has changed, all of it or nothing. SQLSTATE CT001: something the turn was worked out from has changed since.
create function store_turn(t jsonb) returns jsonb language plpgsql as $$
declare
  own constant text := t->>'conversation';
  turn constant bigint := nextval('turn_numbers');
  stored jsonb := '[]';
begin
  perform lock_turn(t, own, turn);
  if t ? 'forget' then perform forget_talks(t); end if;
  if t ?| array['units', 'people', 'campaigns', 'invitations', 'channels', 'links'] then perform put_office(t); end if;
  if t ? 'reports' then perform put_reports(t->'reports'); end if;
  if t ? 'records' then
    insert into history (of, turn, n, unit, event, at, by_person, conversation, change)
    select r.of, turn, r.n, r.unit, t->>'event', t->>'at', t->>'by', own, r.change
    from jsonb_to_recordset(t->'records') as r(of text, n integer, unit text, change jsonb);
  end if;
  if t ? 'session' and t ? 'forget' then
    update conversations set session = t->'session', rev = (t->'session'->>'rev')::integer where id = own;
  end if;
  if t ? 'messages' then stored := put_messages(t); end if;
  if (t->>'heard')::boolean then
    perform pg_notify('chitieu', news_for(owner, own, true))
    from conversations where id = own and owner <> t->>'me';
  end if;
  return stored;
end $$;

-- Takes every row that decides about the turn, always in the same order, and sees that it is as it was read.
create function lock_turn(t jsonb, own text, turn bigint) returns void language plpgsql as $$
declare
  talks constant text[] := array(
    select own union select value from jsonb_array_elements_text(t->'talks') order by 1
  );
  counted integer;
  known integer;
begin
  perform 1 from conversations where id = any(talks) order by id for no key update;
  get diagnostics known = row_count;
  if known < cardinality(talks) then
    insert into conversations (id) select unnest(talks) order by 1 on conflict do nothing;
    perform 1 from conversations where id = any(talks) order by id for no key update;
  end if;
  insert into handled (conversation, event, turn) values (own, t->>'event', turn) on conflict do nothing;
  if not found then raise exception 'handled' using errcode = 'CT001'; end if;
  update conversations set turns = turns + 1, session = coalesce(t->'session', session),
    rev = coalesce((t->'session'->>'rev')::integer, rev)
  where id = own and rev = coalesce((t->>'rev')::integer, rev)
  returning turns into counted;
  if not found then raise exception 'session' using errcode = 'CT001'; end if;
  if counted % 250 = 0 then
    delete from handled h where h.conversation = own and h.turn <= (
      select o.turn from handled o where o.conversation = own order by o.turn desc offset 1000 limit 1
    );
  end if;
  if t ? 'seen' then perform lock_seen(t->'seen'); end if;
  if t ? 'read' then perform lock_read(t->'read'); end if;
end $$;

-- read: campaigns and people that stay as they are; many turns may hold them at once.
create function lock_read(seen jsonb) returns void language plpgsql as $$
begin
  perform 1 from campaigns where id in (select jsonb_object_keys(seen->'campaigns')) order by id for share;
  perform 1 from jsonb_each_text(seen->'campaigns') s left join campaigns c on c.id = s.key
  where coalesce(c.rev, 0) <> s.value::integer;
  if found then raise exception 'campaign' using errcode = 'CT001'; end if;
  perform 1 from people where id in (select jsonb_object_keys(seen->'people')) order by id for share;
  perform 1 from jsonb_each_text(seen->'people') s left join people p on p.id = s.key
  where coalesce(p.rev, 0) <> s.value::integer;
  if found then raise exception 'person' using errcode = 'CT001'; end if;
end $$;

-- seen: { reports: { id: rev }, … } of what changes or must stay as it is, with 0 for what does not exist.
create function lock_seen(seen jsonb) returns void language plpgsql as $$
begin
  if seen ? 'reports' then
    perform 1 from reports where id in (select jsonb_object_keys(seen->'reports')) order by id for no key update;
    perform 1 from jsonb_each_text(seen->'reports') s left join reports r on r.id = s.key
    where coalesce(r.rev, 0) <> s.value::integer;
    if found then raise exception 'report' using errcode = 'CT001'; end if;
  end if;
  if seen ? 'campaigns' then
    perform 1 from campaigns where id in (select jsonb_object_keys(seen->'campaigns')) order by id for no key update;
    perform 1 from jsonb_each_text(seen->'campaigns') s left join campaigns c on c.id = s.key
    where coalesce(c.rev, 0) <> s.value::integer;
    if found then raise exception 'campaign' using errcode = 'CT001'; end if;
  end if;
  if seen ? 'people' then
    perform 1 from people where id in (select jsonb_object_keys(seen->'people')) order by id for no key update;
    perform 1 from jsonb_each_text(seen->'people') s left join people p on p.id = s.key
    where coalesce(p.rev, 0) <> s.value::integer;
    if found then raise exception 'person' using errcode = 'CT001'; end if;
  end if;
  if seen ? 'invitations' then
    perform 1 from invitations where id in (select jsonb_object_keys(seen->'invitations')) order by id for no key update;
    perform 1 from jsonb_each_text(seen->'invitations') s left join invitations i on i.id = s.key
    where coalesce(i.rev, 0) <> s.value::integer;
    if found then raise exception 'invitation' using errcode = 'CT001'; end if;
  end if;
  if seen ? 'channels' then
    perform 1 from channels where name in (select jsonb_object_keys(seen->'channels')) order by name for no key update;
    perform 1 from jsonb_each_text(seen->'channels') s left join channels c on c.name = s.key
    where coalesce(c.rev, 0) <> s.value::integer;
    if found then raise exception 'channel' using errcode = 'CT001'; end if;
  end if;
end $$;

-- Everything said in these conversations, their sessions and their links; and what is left of words in others.
create function forget_talks(t jsonb) returns void language plpgsql as $$
declare
  gone constant text[] := array(select jsonb_array_elements_text(t->'forget'));
begin
  delete from messages where conversation = any(gone);
  delete from sent_keys where conversation = any(gone);
  delete from links where conversation = any(gone);
  update messages m set body = r.body
  from jsonb_to_recordset(t->'reworded') as r(conversation text, seq integer, body jsonb)
  where m.conversation = r.conversation and m.seq = r.seq;
  perform pg_notify('chitieu', news_for(owner, id, false))
  from conversations
  where owner <> t->>'me'
    and (id = any(gone) or id in (select r->>'conversation' from jsonb_array_elements(t->'reworded') r));
  update conversations set session = null, rev = 0, owner = null where id = any(gone);
end $$;

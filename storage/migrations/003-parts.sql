-- The parts that a turn writes; see 002.
create function put_office(t jsonb) returns void language plpgsql as $$
begin
  if t ? 'units' then
    insert into units (id, parent, merged_into, body)
    select u.id, u.body->>'parent', u.body->>'mergedInto', u.body
    from jsonb_to_recordset(t->'units') as u(id text, body jsonb)
    on conflict (id) do update
    set parent = excluded.parent, merged_into = excluded.merged_into, body = excluded.body;
  end if;
  if t ? 'people' then
    insert into people (id, unit, overseer, conversations, touched, rev, body)
    select p.id, p.body->>'unit', p.overseer, array(select jsonb_array_elements_text(p.conversations)),
      nextval('turn_numbers'), (p.body->>'rev')::integer, p.body
    from jsonb_to_recordset(t->'people') as p(id text, overseer boolean, conversations jsonb, body jsonb)
    on conflict (id) do update
    set unit = excluded.unit, overseer = excluded.overseer, conversations = excluded.conversations,
      touched = excluded.touched, rev = excluded.rev, body = excluded.body;
  end if;
  if t ? 'campaigns' then
    insert into campaigns (id, template, due, cutoff, open, units, rev, body)
    select c.id, c.body->'template'->>'id', c.body->>'due', c.body->>'cutoff', not c.body ? 'closedAt',
      array(select jsonb_array_elements_text(c.body->'units')), (c.body->>'rev')::integer, c.body
    from jsonb_to_recordset(t->'campaigns') as c(id text, body jsonb)
    on conflict (id) do update
    set template = excluded.template, due = excluded.due, cutoff = excluded.cutoff, open = excluded.open,
      units = excluded.units, rev = excluded.rev, body = excluded.body;
  end if;
  if t ? 'invitations' then
    insert into invitations (id, unit, person, used_by, open, rev, body)
    select i.id, i.body->>'unit', i.body->>'person', i.body->>'usedBy',
      not (i.body ? 'usedAt' or i.body ? 'revokedAt'), 1, i.body
    from jsonb_to_recordset(t->'invitations') as i(id text, body jsonb)
    on conflict (id) do update
    set unit = excluded.unit, person = excluded.person, used_by = excluded.used_by, open = excluded.open,
      rev = invitations.rev + 1, body = excluded.body;
  end if;
  if t ? 'channels' then
    insert into channels (name, rev, state)
    select c.name, c.rev, c.state from jsonb_to_recordset(t->'channels') as c(name text, rev integer, state jsonb)
    on conflict (name) do update set rev = excluded.rev, state = excluded.state;
  end if;
  if t ? 'links' then
    delete from links where expires < (t->>'at')::timestamptz - interval '7 days';
    insert into links (id, conversation, expires, body)
    select l.id, l.body->>'conversation', (l.body->>'expiresAt')::timestamptz, l.body
    from jsonb_to_recordset(t->'links') as l(id text, body jsonb)
    on conflict (id) do update
    set conversation = excluded.conversation, expires = excluded.expires, body = excluded.body;
  end if;
end $$;

create function put_reports(given jsonb) returns void language plpgsql as $$
begin
  insert into reports (id, campaign, unit, template, version, status, rev, body)
  select r.id, r.body->>'campaign', r.body->>'unit', r.body->'template'->>'id',
    (r.body->'template'->>'version')::integer, r.body->>'status', r.rev, r.body
  from jsonb_to_recordset(given) as r(id text, rev integer, body jsonb)
  on conflict (id) do update set status = excluded.status, rev = excluded.rev, body = excluded.body;
  insert into answers (report, indicator, body)
  select r.id, a.key, a.value from jsonb_to_recordset(given) as r(id text, answers jsonb), jsonb_each(r.answers) a
  on conflict (report, indicator) do update set body = excluded.body;
  if given @? '$[*].gone' then
    delete from answers a using jsonb_to_recordset(given) as r(id text, gone jsonb)
    where a.report = r.id and a.indicator in (select jsonb_array_elements_text(r.gone));
  end if;
  if given @? '$[*].submissions' then
    insert into submissions (report, nth, body)
    select r.id, r.sent + s.nth, s.body
    from jsonb_to_recordset(given) as r(id text, sent integer, submissions jsonb),
      jsonb_array_elements(r.submissions) with ordinality as s(body, nth);
  end if;
end $$;

-- Messages with the next seq of their conversations, which are this instance's to send unless another one has them in hand.
create function put_messages(t jsonb) returns jsonb language plpgsql as $$
declare
  stored jsonb;
begin
  with given as (
    select m.*, row_number() over (partition by m.conversation order by m.n) as place
    from jsonb_to_recordset(t->'messages') as m(conversation text, n integer, id text, key text, body jsonb)
  ), counts as (
    select conversation, count(*) as more from given group by conversation
  ), moved as (
    update conversations c set next_seq = c.next_seq + more,
      owner = case when may_send(c.owner, t->>'me', (t->>'mayTakeOver')::boolean) then t->>'me' else c.owner end
    from counts where c.id = counts.conversation
    returning c.id, c.owner, c.next_seq, c.next_seq - more as first_seq
  ), put as (
    insert into messages (conversation, seq, id, event, created, key, body)
    select g.conversation, m.first_seq + g.place - 1, g.id, t->>'event', t->>'at', g.key, g.body
    from given g join moved m on m.id = g.conversation
    returning conversation, seq, id
  ), trimmed as (
    delete from messages d using moved m
    where d.conversation = m.id and not d.unsent and d.seq < m.first_seq - 60
      and m.next_seq / 50 > m.first_seq / 50
  ), told as (
    select pg_notify('chitieu', news_for(owner, id, (t->>'heard')::boolean and id = t->>'conversation')) from moved
    where owner <> t->>'me'
  )
  select jsonb_agg(jsonb_build_object('id', p.id, 'conversation', p.conversation, 'seq', p.seq))
  into stored from put p join moved m on m.id = p.conversation
  where m.owner = t->>'me' and (select count(*) from told) >= 0;
  return coalesce(stored, '[]');
end $$;

-- True when nobody else sends the messages of a conversation: it has no owner, or one that has not shown itself for too long.
create function may_send(owner text, me text, may_take_over boolean) returns boolean language sql stable as $$
  select owner is null or owner = me
    or (may_take_over and not exists (select 1 from instances i where i.id = owner and i.until > clock_timestamp()))
$$;

-- What the instance that sends a conversation is told of it. The same news twice in one turn are told once.
create function news_for(owner text, conversation text, heard boolean) returns text language sql immutable as $$
  select jsonb_build_object('to', owner, 'conversation', conversation, 'heard', heard)::text
$$;

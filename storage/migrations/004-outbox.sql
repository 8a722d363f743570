-- Shows that an instance is alive, and gives it the conversations whose messages nobody sends. Returns all that it has to send.
create function tend_outbox(me text, lease integer, may_take_over boolean, at_place text, at_process text)
returns jsonb language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into instances (id, until, place, process)
  values (me, clock_timestamp() + lease * interval '1 millisecond', at_place, at_process)
  on conflict (id) do update set until = excluded.until;
  update conversations c set owner = me
  from (
    select o.id from conversations o
    where o.id in (select distinct m.conversation from messages m where m.unsent)
      and o.owner is distinct from me and may_send(o.owner, me, may_take_over)
    for no key update skip locked
  ) free
  where c.id = free.id;
  if may_take_over then
    delete from instances where until < clock_timestamp() - interval '1 hour';
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_array(m.id, m.conversation)), '[]')
    from messages m join conversations c on c.id = m.conversation
    where m.unsent and c.owner = me
  );
end $$;

-- Records what became of a message: 'settled'; 'gone' when it no longer waits; 'lost' when another instance sends this conversation.
create function settle_message(me text, message text, delivery jsonb) returns text language plpgsql as $$
declare
  outcome constant text := delivery->>'outcome';
  stays constant boolean := outcome in ('begun', 'retry', 'held');
  talk text;
  mine boolean;
  was messages;
begin
  if outcome <> 'begun' then perform set_config('synchronous_commit', 'off', true); end if;
  select conversation into talk from messages where id = message and unsent order by conversation, seq limit 1;
  if talk is null then return 'gone'; end if;
  select may_send(owner, me, false) into mine from conversations where id = talk for no key update;
  if not mine and stays then return 'lost'; end if;
  update messages set
    begun = case when outcome = 'begun' then delivery->>'at' end,
    attempts = attempts + (outcome = 'retry')::integer,
    state = case when outcome in ('begun', 'retry') then case when outcome = 'begun' then state else 'waiting' end
      else outcome end,
    unsent = stays,
    hold = case outcome when 'held' then delivery->>'hold' when 'begun' then hold end,
    held_at = case outcome when 'held' then delivery->>'at' when 'begun' then held_at end,
    knocked_at = case outcome when 'held' then coalesce(delivery->>'knockedAt', knocked_at) when 'begun' then knocked_at end,
    why = delivery->>'why'
  where conversation = talk and id = message and unsent
  returning * into was;
  if not found then return 'gone'; end if;
  if outcome = 'sent' and was.key is not null then perform remember_sent(was, delivery->>'platform'); end if;
  if not stays then
    update conversations set owner = null
    where id = talk and owner = me and not exists (select 1 from messages where conversation = talk and unsent);
  end if;
  return case when mine then 'settled' else 'lost' end;
end $$;

-- At least the newest 200 keys of a conversation are remembered.
create function remember_sent(sent messages, platform_id text) returns void language plpgsql as $$
begin
  delete from sent_keys k where k.conversation = sent.conversation and k.key = sent.key and k.seq <= sent.seq;
  if platform_id is null then return; end if;
  insert into sent_keys (conversation, key, platform, seq)
  values (sent.conversation, sent.key, platform_id, sent.seq) on conflict do nothing;
  if sent.seq % 50 <> 0 then return; end if;
  delete from sent_keys k where k.conversation = sent.conversation and k.seq <= (
    select o.seq from sent_keys o where o.conversation = sent.conversation order by o.seq desc offset 200 limit 1
  );
end $$;

-- An instance that stops, or that surely died, leaves its conversations to the others, who are told so.
create function leave_outbox(gone text[]) returns void language plpgsql as $$
begin
  update conversations set owner = null where owner = any(gone);
  delete from instances where id = any(gone);
  perform pg_notify('chitieu', '{"to":"anyone"}');
end $$;

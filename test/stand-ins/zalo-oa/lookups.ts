// What can be asked of the Zalo stand-in: the OA itself, a person, and what may still be sent.

import { ApiError, fields, invalid } from './refusals.ts';
import { FREE, reachable } from './windows.ts';
import { type Call, now, type Person, type World } from './world.ts';

/** GET /v2.0/oa/getoa */
export function aboutOa(world: World): object {
  return {
    oaid: world.oaId,
    name: 'Tổ thống kê (thử nghiệm)',
    description: '',
    oa_type: 4,
    is_verified: true,
    num_follower: [...world.people.values()].filter(({ follower }) => follower).length,
    package_name: 'Growth',
    package_valid_through_date: '31/12/2027',
    linked_ZCA: world.options.wallet === false ? '' : '1414213562373095048',
  };
}

/** GET /v3.0/oa/user/detail?data={"user_id":"…"}. Only people who follow or wrote are known. */
export function aboutPerson(world: World, call: Call): object {
  const { user_id } = fields(readData(call), 'data', ['user_id']);
  const person = known(world, user_id);
  const shared = person.shared ? { shared_info: person.shared } : {};
  return {
    user_id: person.id,
    user_id_by_app: person.byApp,
    user_external_id: '',
    display_name: person.name,
    user_alias: person.name,
    is_sensitive: false,
    user_last_interaction_date: person.lastInteraction === undefined ? '' : asDate(person.lastInteraction),
    user_is_follower: person.follower,
    avatar: 'https://s120-ava.example.zdn.vn/default',
    avatars: {
      120: 'https://s120-ava.example.zdn.vn/default',
      240: 'https://s240-ava.example.zdn.vn/default',
    },
    tags_and_notes_info: { notes: [], tag_names: [] },
    ...shared,
  };
}

/** POST /v3.0/oa/quota/message for a person or for the whole OA. */
export function quotas(world: World, call: Call): object {
  const body = fields(call.body, 'body', ['user_id', 'quota_owner', 'product_type', 'quota_type']);
  if (body.user_id !== undefined) return quotaOf(world, known(world, body.user_id));
  for (const [field, values] of Object.entries({
    quota_owner: ['OA', 'APP'],
    product_type: ['cs', 'transaction'],
    quota_type: ['sub_quota', 'purchase_quota', 'reward_quota'],
  }))
    if (!values.some((value) => value === body[field])) throw invalid(field);
  const total = body.quota_type === 'sub_quota' ? world.options.subQuota : 0;
  return [
    {
      asset_id: '1618033988749894848',
      product_type: body.product_type,
      quota_type: body.quota_type,
      valid_through: '31/12/2027',
      total,
      remain: Math.max(0, total - world.usedSubQuota),
    },
  ];
}

function quotaOf(world: World, { lastInteraction }: Person): object {
  const open = lastInteraction !== undefined && now(world) - lastInteraction <= FREE;
  return {
    last_interaction: lastInteraction === undefined ? '' : String(lastInteraction),
    cs_reply: { remain: open ? 8 : 0, total: 8 },
    promotion: { daily_remain: 1, daily_total: 1, monthly_remain: 3, monthly_total: 3 },
  };
}

/** A person who can be looked up: one who cannot be written to may still be known. */
function known(world: World, id: unknown): Person {
  const person = typeof id === 'string' ? world.people.get(id) : undefined;
  if (person?.blocked !== undefined && !person.left) return person;
  return reachable(world, id);
}

function readData({ query }: Call): unknown {
  const { data, ...others } = query;
  if (data === undefined || Object.keys(others).length > 0) throw invalid('data');
  try {
    return JSON.parse(data);
  } catch {
    throw new ApiError(-201, 'data is invalid!');
  }
}

/** DD/MM/YYYY in Viet Nam. */
function asDate(at: number): string {
  const [year, month, day] = new Date(at + 7 * 3_600_000).toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

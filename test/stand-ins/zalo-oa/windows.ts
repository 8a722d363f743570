// Whether the Zalo stand-in lets a message through to a person now, and who pays for it.
import { ApiError } from './refusals.ts';
import { now, type Person, type World } from './world.ts';

const HOUR = 3_600_000;
export const FREE = 48 * HOUR;
const OPEN = 7 * 24 * HOUR;
const TEMPLATE = 365 * 24 * HOUR;

type Paid = { readonly quota?: Readonly<Record<string, unknown>>; readonly charged: boolean };

/** The person with this id. Throws for somebody who never had to do with the OA, blocked it, or left. */
export function reachable(world: World, id: unknown): Person {
  if (typeof id !== 'string' || !/^\d+$/.test(id)) throw new ApiError(-201, 'user_id is invalid!');
  const person = world.people.get(id);
  if (!person || (person.lastInteraction === undefined && !person.follower && !person.left))
    throw new ApiError(world.options.unknownUser, 'User has not followed OA');
  if (person.blocked !== undefined) throw new ApiError(person.blocked, 'User has blocked OA');
  if (person.left) throw new ApiError(-213, 'User has not followed OA');
  return person;
}

/** The price of one consultation message now; takes it from the quota. Throws when the window is closed or there is no money. */
export function payForMessage(world: World, person: Person): Paid {
  if (person.lastInteraction === undefined) return payWithWelcome(person);
  const since = now(world) - person.lastInteraction;
  if (since <= FREE) return { quota: { quota_type: 'reply' }, charged: false };
  if (since > OPEN) throw new ApiError(-230, 'User has not interacted with the OA in the past 7 days');
  const total = world.options.subQuota;
  if (world.usedSubQuota < total) {
    world.usedSubQuota += 1;
    const remain = total - world.usedSubQuota;
    return {
      quota: { quota_type: 'sub_quota', remain, total, expired_date: '31/12/2027' },
      charged: false,
    };
  }
  charge(world, [-320, -321]);
  return { charged: true };
}

function payWithWelcome(person: Person): Paid {
  if (person.welcome === 0) throw new ApiError(-232, 'User has not interacted with the OA');
  person.welcome -= 1;
  return { quota: { quota_type: 'welcome_msg', remain: person.welcome, total: 3 }, charged: false };
}

/** Takes money. `codes`: the refusals when there is no account, and when it is empty. */
export function charge(world: World, [none, empty]: readonly [number, number]): void {
  if (world.options.wallet === false) throw new ApiError(none, 'OA has not linked a Zalo Cloud Account');
  if (world.options.wallet === 'empty') throw new ApiError(empty, 'Zalo Cloud Account is out of balance');
  world.charged += 1;
}

/** Templates reach whoever had to do with the OA within a year. */
export function mayGetTemplate(world: World, person: Person): void {
  if (person.lastInteraction === undefined || now(world) - person.lastInteraction > TEMPLATE)
    throw new ApiError(-232, 'User has not interacted with the OA');
}

// Coordinators press and type whatever comes to mind while they open and change periods: nothing breaks and nothing is done unasked.
import { expect, it } from 'vitest';
import { readAction } from '../../flows/actions.ts';
import { TROUBLE } from '../../src/text/menu.ts';
import { seeded } from '../support/officer.ts';
import { buttonsOf, createWorld, plain, type World } from '../support/world.ts';

const NOW = '2026-11-20T02:00:00.000Z';
const WORDS = [
  ...[
    '/moky',
    '/moky',
    '/ky',
    '/ky',
    '/tiendo',
    '16/12',
    '16h 20/12/2026; thiếu người làm',
    'năm 2026',
    'quý 2',
  ],
  ...[
    'tất cả',
    'trừ Xã Tân Long',
    'Xã Tân Long',
    '31732',
    'các xã',
    'lý do rất chính đáng',
    'không nhắc',
    '3, 1 lúc 9h',
  ],
  ...[
    'hạn chung',
    '10/12',
    '1',
    'a',
    'b3',
    '',
    ';',
    '; ;',
    '31/2',
    'trừ',
    'x'.repeat(600),
    '0912345678',
    '__proto__',
  ],
];
const STEPS = 120;

/** Words that answer what is asked now, so that a walk gets somewhere. */
const APT: Readonly<Record<string, readonly string[]>> = {
  form: ['Sở Ngoại vụ'],
  period: ['năm 2026', 'quý 1/2027', 'tháng 12'],
  units: ['tất cả', 'Xã Tân Long'],
  due: ['17/12'],
  extend: ['Xã Tân Long', '20/12', 'thiếu người làm'],
  remove: ['Xã Tân Long', 'đưa vào nhầm'],
  add: ['Xã Tân Long; mới thành lập'],
  plan: ['3, 1 lúc 9h'],
};

/** A step of the walk: something typed, or a button that was shown there, mostly the first ones of the newest message. */
async function step(world: World, who: string, random: () => number): Promise<{ action?: string }> {
  const pick = <T>(from: readonly T[], low = false): T | undefined =>
    from[Math.floor((low ? Math.min(random(), random()) : random()) * from.length)];
  const { waiting } = (await world.storage.session(who)) ?? {};
  const asked = waiting?.flow === 'openPeriod' ? waiting.ask : waiting?.flow === 'period' ? waiting.what : '';
  const shown = world.transcript(who).slice(random() < 0.9 ? -1 : -40);
  const isAsked = waiting?.flow === 'period' && waiting.reason === undefined;
  const action = random() < (isAsked ? 0.2 : 0.7) ? pick(shown.flatMap(buttonsOf), true)?.action : undefined;
  if (action === undefined) {
    const apt = asked === '' ? ['/ky', '/moky'] : [...(APT[asked] ?? []), 'lý do rất chính đáng'];
    await world.say(who, pick(random() < 0.8 ? apt : WORDS) ?? '');
    return {};
  }
  await world.send({ id: world.nextId(), conversation: who, at: NOW, type: 'button', action });
  return { action };
}

/** Changes made in all walks together, by the flow that made them. */
const made = { opened: 0, changed: 0 };

it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('Walk %i', async (seed) => {
  const random = seeded(seed);
  const below = (id: string, name: string, kind: string) => ({ id, name, kind, parent: 'so' });
  const world = await createWorld({
    ...{ template: 'so-ngoai-vu', unit: 'Phòng Tổng hợp', period: '2026-N', now: NOW },
    units: [below('31732', 'Phường Ngã Năm', 'phường'), below('31741', 'Xã Tân Long', 'xã')],
  });
  const people = [
    await world.join('binh', 'coordinator', 'so'),
    await world.join('an', 'coordinator', 'so'),
    await world.join('xa', 'coordinator', '31741'),
  ];
  let before = await changes(world);
  for (let n = 0; n < STEPS; n++) {
    const who = people[Math.floor(random() * people.length)] ?? '';
    const { action } = await step(world, who, random);
    const last = world.transcript(who).slice(-3).map(plain);
    expect(last.join('\n')).not.toContain(TROUBLE.apology);
    const now = await changes(world);
    const press = action === undefined ? undefined : readAction(action);
    // Only the button that decides makes a change, and one at a time.
    if (now !== before) expect(press?.arg).toMatch(/^(?:open|yes)\./);
    expect(now - before).toBeLessThanOrEqual(1);
    if (now > before) made[press?.arg.startsWith('open') ? 'opened' : 'changed'] += 1;
    before = now;
    const waiting = JSON.stringify((await world.storage.session(who))?.waiting ?? {});
    expect(waiting.length).toBeLessThan(1500);
  }
  for (const { units, office } of await world.storage.campaigns())
    expect(office === '31741' ? units : []).toEqual([]);
});

it('The walks have opened and changed periods', () => {
  expect(made.opened).toBeGreaterThan(3);
  expect(made.changed).toBeGreaterThan(3);
});

/** How many changes to periods there were. */
async function changes(world: World): Promise<number> {
  const all = await Promise.all(
    (await world.storage.campaigns()).map(({ id }) => world.storage.history(`campaign:${id}`)),
  );
  return all.flat().length;
}

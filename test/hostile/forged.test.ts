// Buttons and events that somebody made up, took from others or sent again: they change nothing that is not their own.
import { describe, expect, it } from 'vitest';
import { buttonsOf } from '../support/world.ts';
import { type House, openHouse, PLATFORMS, type Platform, type Who } from './house.ts';

/** Presses any action as somebody; the status of the answer. */
async function press(house: House, platform: Platform, who: Who, action: string, n: number): Promise<number> {
  if (platform === 'web') {
    const body = JSON.stringify({ id: `p${n}`, action });
    return (await house.post(platform, { who, body, path: '/api/press' })).status;
  }
  if (platform !== 'telegram') return house.say(platform, who, `#ct:${action}`);
  const { update_id, message } = house.typed(platform, who, '') as {
    update_id: number;
    message: { from: object };
  };
  const callback_query = { id: `q${n}`, from: message.from, chat_instance: '1', data: action, message };
  return (await house.post(platform, { body: JSON.stringify({ update_id, callback_query }) })).status;
}

/** The actions of every button that the honest officer was shown on the way through a report. */
async function shownToTheHonest(house: House, platform: Platform): Promise<string[]> {
  const actions = new Set<string>();
  const said = [
    '23',
    '/sua',
    '/muc',
    '/ghichu ghi',
    '1 hoặc 2',
    '/cho xã',
    '/xemlai',
    '/toi',
    '/lichsu',
    '/nop',
  ];
  for (const words of [...said, '/trong', '/lui', '/hoantac', '/baocao', '1.1: 5\n1.2: 6\n1.3: 7', '/nop']) {
    expect(await house.say(platform, 'honest', words)).toBe(200);
    for (const { message } of await house.heard())
      for (const { action } of buttonsOf(message)) actions.add(action);
  }
  return [...actions];
}

describe.each(PLATFORMS)('A button of somebody else, pressed on %s', (platform) => {
  it('by an officer of another unit or by a stranger leaves that report as it is', async () => {
    const house = await openHouse();
    const actions = (await shownToTheHonest(house, platform)).filter((each) => !each.startsWith('/'));
    expect(actions.length).toBeGreaterThan(20);
    const [before, people] = [await house.history('honest', platform), await house.storage.people()];
    const invitations = (await house.storage.invitations()).length;
    let n = 0;
    for (const who of ['stranger', 'officer'] as const)
      for (const action of actions) {
        n += 1;
        // The web chat takes 150 posts at once from one visitor.
        if (platform === 'web' && n > 120) break;
        expect(await press(house, platform, who, action, n)).toBe(200);
      }
    expect(await house.history('honest', platform)).toEqual(before);
    expect((await house.storage.people()).filter(({ unit }) => unit.startsWith('honest'))).toEqual(
      people.filter(({ unit }) => unit.startsWith('honest')),
    );
    expect(await house.storage.people()).toHaveLength(people.length);
    expect((await house.storage.invitations()).length - invitations).toBeLessThanOrEqual(actions.length);
    const told = (await house.heard()).filter(({ conversation }) => !conversation.endsWith('7003'));
    expect(JSON.stringify(told)).not.toContain(`UBND honest-${platform}`);
    expect(house.told).toEqual([]);
  });
});

describe.each(PLATFORMS)('An event of %s sent again', (platform) => {
  it('at once, later or many times changes nothing more', async () => {
    const house = await openHouse();
    const bodies = ['/ghichu một', '23', '/ghichu hai', '/lui', '/ghichu ba'].map((text) =>
      JSON.stringify(house.typed(platform, 'officer', text)),
    );
    for (const body of bodies) expect((await house.post(platform, { body })).status).toBe(200);
    const after = await house.history('officer', platform);
    await house.heard();
    for (let round = 0; round < 5; round++)
      for (const body of [...bodies].reverse())
        expect((await house.post(platform, { body })).status).toBe(200);
    expect(await house.history('officer', platform)).toEqual(after);
    expect(await house.heard()).toEqual([]);
  });
});

describe('An event that Zalo signed long ago', () => {
  it('and that nobody handled then is not taken for an answer to what is asked now', async () => {
    const house = await openHouse();
    const old = { ...house.typed('zalo-oa', 'officer', '999'), timestamp: String(Date.now() - 86_400_000) };
    expect(await house.say('zalo-oa', 'officer', '/ghichu hôm nay')).toBe(200);
    const before = await house.history('officer', 'zalo-oa');
    expect((await house.post('zalo-oa', { body: JSON.stringify(old) })).status).toBe(200);
    expect(await house.history('officer', 'zalo-oa')).toEqual(before);
    expect(JSON.stringify((await house.heard()).at(-1)?.message)).toContain('Chỉ tiêu');
  });
});

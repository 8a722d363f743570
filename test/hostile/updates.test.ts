// Random and hostile updates of every platform through the real routes and the real shell. FUZZ_RUNS asks for more than the usual number.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type House, openHouse, PLATFORMS, type Platform, type Who } from './house.ts';
import { actions, broken, garbage, RUNS, words } from './nasty.ts';
import { OTHERS } from './others.ts';

/** A house is given up for a new one after so many updates, so that its history does not grow without end. */
const PER_HOUSE = 500;
const HONEST_EVERY = 20;
/** Zalo waits 2 seconds for an answer; every other platform longer (ms). */
const PATIENCE = 2_000;
const USUAL_RUNS = 700;
/** What the log says of an update that was left out because it makes no sense. */
const UNREADABLE = 'an update could not be read';
const LONG = 40 * 60_000;

type Hostile = { readonly body: string; readonly who: Who; readonly path?: string };

/** Anything that somebody on this platform could be made to send. */
function hostile(platform: Platform, house: () => House): fc.Arbitrary<Hostile> {
  const who = fc.constantFrom<Who>('officer', 'officer', 'stranger');
  const typed = fc
    .tuple(who, words)
    .map(([by, text]) => ({ who: by, update: house().typed(platform, by, text) }));
  if (platform === 'web') {
    const posts = fc.oneof(
      { weight: 3, arbitrary: typed.map(({ update }) => ({ path: '/api/send', update })) },
      actions.map((action) => ({ path: '/api/press', update: { id: `b${action.length}`, action } })),
      words.map((code) => ({ path: '/api/start', update: { id: 's', code } })),
    );
    return fc.oneof(
      fc.tuple(who, posts).map(([by, { path, update }]) => ({ who: by, path, body: JSON.stringify(update) })),
      fc
        .tuple(who, posts)
        .chain(([by, { path, update }]) =>
          broken(fc.constant(update)).map((body) => ({ who: by, path, body })),
        ),
      fc.tuple(who, garbage).map(([by, body]) => ({ who: by, body })),
    );
  }
  const all = fc.tuple(typed, actions, fc.nat()).map(([{ who: by, update }, action, n]) => {
    const others = OTHERS[platform](update, action);
    return { who: by, update: n % 3 === 0 ? update : (others[n % others.length] ?? update) };
  });
  return fc.oneof(
    { weight: 2, arbitrary: typed.map(({ who: by, update }) => ({ who: by, body: JSON.stringify(update) })) },
    { weight: 2, arbitrary: all.map(({ who: by, update }) => ({ who: by, body: JSON.stringify(update) })) },
    {
      weight: 3,
      arbitrary: all.chain(({ who: by, update }) =>
        broken(fc.constant(update as Record<string, unknown>)).map((body) => ({ who: by, body })),
      ),
    },
    garbage.map((body) => ({ who: 'stranger' as const, body })),
  );
}

const unhandled: unknown[] = [];
const remember = (reason: unknown): void => void unhandled.push(reason);
let ahead = 0;
beforeAll(() => {
  process.on('unhandledRejection', remember);
  // The web chat takes 20 posts a second of one visitor: its clock runs ahead.
  const now = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
});
afterAll(() => {
  vi.restoreAllMocks();
  process.off('unhandledRejection', remember);
});

describe.each(PLATFORMS)('Hostile updates on %s', (platform) => {
  it(
    'are answered in time, break nothing, store nothing that was not asked, and leave everybody else served',
    async () => {
      let house = await openHouse();
      let n = 0;
      const prototype = Object.getOwnPropertyNames(Object.prototype).sort().join();

      const honestIsServed = async (): Promise<void> => {
        const before = await house.history('honest', platform);
        const note = `kiểm tra ${n}`;
        expect(await house.say(platform, 'honest', `/ghichu ${note}`)).toBe(200);
        const after = await house.history('honest', platform);
        const answers = after.slice(before.length).filter(({ change }) => change.type === 'answer_set');
        expect(answers.map(({ change }) => change)).toMatchObject([{ answer: { note } }]);
      };
      /** Nobody came in, nothing was opened, and nobody but its own officer wrote into a report. */
      const nothingElseIsStored = async (): Promise<void> => {
        expect(await house.storage.units()).toHaveLength(8);
        expect(await house.storage.campaigns()).toHaveLength(8);
        const people = await house.storage.people();
        expect(people).toHaveLength(8);
        for (const who of ['officer', 'honest'] as const) {
          const unit = `${who}-${platform}`;
          const own = people.filter((each) => each.unit === unit).map(({ id }) => id);
          expect((await house.history(who, platform)).filter(({ by }) => !own.includes(by))).toEqual([]);
        }
      };

      const hasLeft = async (): Promise<boolean> =>
        (await house.storage.people()).some(({ leftAt }) => leftAt !== undefined);

      await fc.assert(
        fc.asyncProperty(
          hostile(platform, () => house),
          async ({ body, who, path }) => {
            n += 1;
            if (platform === 'web') ahead += 60;
            if (n % PER_HOUSE === 0 || (await hasLeft())) {
              await nothingElseIsStored();
              house = await openHouse();
            }
            const began = performance.now();
            const { status } = await house.post(platform, { body, who, ...(path ? { path } : {}) });
            expect(performance.now() - began).toBeLessThan(PATIENCE);
            expect([200, 400, 401, 403, 413]).toContain(status);
            expect(house.told.filter(({ text }) => !text.includes(UNREADABLE))).toEqual([]);
            expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(prototype);
            for (const { message } of await house.heard())
              expect(Buffer.from(JSON.stringify(message)).length).toBeLessThan(200_000);
            if (n % HONEST_EVERY === 0) await honestIsServed();
          },
        ),
        { numRuns: RUNS ?? USUAL_RUNS, endOnFailure: true },
      );
      await honestIsServed();
      await nothingElseIsStored();
      expect(unhandled).toEqual([]);
    },
    LONG,
  );
});

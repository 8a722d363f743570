// Texts as long as a platform lets through, of the kinds that make careless patterns slow, and texts of a megabyte.
import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT } from '../../src/domain/storable.ts';
import { openHouse, PLATFORMS } from './house.ts';

/** What a text is made of, again and again. */
const PIECES = [
  ...['a', 'ab ', '1', '1 ', '1\n', 'a 1\n', 'a\t1\n', ' ', '; ', '"\t', '1.', '-', '\u0301', '🏳️‍🌈', '('],
  ...['Tỷ lệ: 5\n', '5.971; tính đến 14/9\n', '0123456789 ', 'III.5: 7\n', 'một trăm ', 'đến thứ '],
];
const BEGINNINGS = ['', '/sua ', '/ghichu ', '/cho ', '/lichsu '];
/** Zalo waits 2 seconds for an answer. */
const PATIENCE = 2_000;
/** One conversation is told no more than a person reads. */
const MOST_SAID = 30_000;
const MEGABYTE = 1_000_000;

describe('A text of forty thousand characters', () => {
  it.each(BEGINNINGS)(
    'after “%s” is answered in time and briefly, whatever it is made of',
    async (beginning) => {
      const house = await openHouse();
      for (const piece of PIECES) {
        const text = `${beginning}${piece.repeat(LONGEST_TEXT / piece.length)}`.slice(0, LONGEST_TEXT);
        const began = performance.now();
        expect(await house.say('telegram', 'officer', text)).toBe(200);
        expect(performance.now() - began, JSON.stringify(beginning + piece)).toBeLessThan(PATIENCE);
        expect(JSON.stringify(await house.heard()).length).toBeLessThan(MOST_SAID);
        await house.say('telegram', 'officer', '/baocao');
        await house.heard();
      }
      expect(house.told).toEqual([]);
    },
  );
});

describe('A text of almost a megabyte', () => {
  it.each(PLATFORMS)(
    'on %s is not read, but answered at once, and the next one is taken',
    async (platform) => {
      const house = await openHouse();
      for (const piece of ['a', '1\n', '; ', 'a\t1\n', ' ']) {
        const text = piece.repeat((MEGABYTE * 0.45) / piece.length);
        const began = performance.now();
        expect(await house.say(platform, 'officer', text)).toBe(platform === 'web' ? 413 : 200);
        expect(performance.now() - began).toBeLessThan(PATIENCE);
      }
      const said = JSON.stringify(await house.heard());
      expect(said.includes('dài quá 40.000 ký tự')).toBe(platform !== 'web');
      expect(said.length).toBeLessThan(MOST_SAID);
      expect(await house.say(platform, 'officer', '/ghichu còn đây')).toBe(200);
      const history = await house.history('officer', platform);
      expect(JSON.stringify(history.map(({ change }) => change))).toContain('còn đây');
      expect(JSON.stringify(history).length).toBeLessThan(MOST_SAID);
    },
  );
});

// What turns a platform's bytes into events meets 100,000 broken updates of each platform: it never throws, and what it gives is sound.

import fc from 'fast-check';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { createIncoming } from '../../src/channels/telegram-incoming.ts';
import { READERS } from '../../src/channels/web-said.ts';
import { toEvent as botEvent, updatesIn } from '../../src/channels/zalo-bot-events.ts';
import { toEvent as oaEvent } from '../../src/channels/zalo-oa-events.ts';
import type { Event } from '../../src/domain/event.ts';
import { LONGEST_TEXT, storable } from '../../src/domain/storable.ts';
import { sound } from '../../src/sound.ts';
import { OA, type Platform, typed } from './house.ts';
import { broken, garbage, RUNS, words } from './nasty.ts';
import { OTHERS } from './others.ts';

const runs = RUNS ?? 100_000;
/** So many different updates are broken in so many more ways. */
const SAMPLES = 300;
const NOW = new Date('2026-11-20T03:00:00Z');
const LONG = 10 * 60_000;

const unread: unknown[] = [];
const log = { info: () => {}, warn: () => {}, error: (data: object) => void unread.push(data) };
const telegram = createIncoming({} as Api, log);

/** The events of one body, as the routes read it. */
const EVENTS: Readonly<Record<Exclude<Platform, 'web'>, (body: unknown) => readonly (Event | null)[]>> = {
  telegram: (body) => {
    const isUpdate = typeof body === 'object' && body !== null && 'update_id' in body;
    return isUpdate && Number.isSafeInteger(body.update_id) ? [telegram.eventOf(body as Update)] : [];
  },
  'zalo-oa': (body) => {
    const read = oaEvent(body, OA, NOW);
    return 'ignored' in read ? [] : [read];
  },
  'zalo-bot': (body) => updatesIn(body).map((update) => botEvent(update, NOW)),
};

/** What is wrong with an event as the shell would store it; [] when nothing is. */
function faultsIn(given: Event, channel: string): string[] {
  const event = sound(given);
  const text = JSON.stringify(event);
  const said = 'text' in event ? event.text : '';
  return [
    ...(event.conversation.startsWith(`${channel}:`) && event.conversation.length < 500
      ? []
      : ['conversation']),
    ...(event.id.startsWith(`${channel}:`) && event.id.length < 500 ? [] : ['id']),
    ...(Number.isNaN(Date.parse(event.at)) || new Date(event.at).toISOString() !== event.at ? ['at'] : []),
    ...(said.length > LONGEST_TEXT || said !== storable(said) ? ['text'] : []),
    ...(storable(text) === text && text.length < 250_000 ? [] : ['what is stored']),
  ];
}

function bodies(platform: Platform): fc.Arbitrary<string> {
  const texts = fc.sample(words, { numRuns: SAMPLES, seed: 7 });
  const updates = texts.flatMap((text, n) => {
    const update = typed(platform, 'officer', text);
    const others = platform === 'web' ? [] : OTHERS[platform](update, text);
    return [update, others[n % Math.max(1, others.length)] ?? update] as Record<string, unknown>[];
  });
  return fc.oneof({ weight: 9, arbitrary: broken(fc.constantFrom(...updates)) }, garbage);
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

describe('The reader of', () => {
  it.each(Object.entries(EVENTS))(
    '%s gives sound events or none, whatever comes',
    (platform, read) => {
      const prototype = Object.getOwnPropertyNames(Object.prototype).length;
      let events = 0;
      fc.assert(
        fc.property(bodies(platform as Platform), (body) => {
          const content = parsed(body);
          if (content === undefined) return;
          for (const event of read(content)) {
            if (!event) continue;
            events += 1;
            const faults = faultsIn(event, platform);
            if (faults.length > 0)
              throw new Error(`${faults.join()}: ${JSON.stringify(event).slice(0, 300)}`);
          }
        }),
        { numRuns: runs, endOnFailure: true },
      );
      // Most are broken in one place only, and still say who sends something.
      expect(events).toBeGreaterThan(runs / 10);
      expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(prototype);
    },
    LONG,
  );

  it('the web chat takes what its page sends and nothing else', () => {
    fc.assert(
      fc.property(bodies('web'), fc.constantFrom(...Object.values(READERS)), (body, read) => {
        const said = read(parsed(body));
        if (said === undefined || said === 'too-long') return;
        const words = said.type === 'text' ? said.text : said.action;
        if (
          !/^[\w-]{1,64}$/.test(said.id) ||
          words === '' ||
          storable(words) !== words ||
          words.length > 8_000
        )
          throw new Error(JSON.stringify(said).slice(0, 300));
      }),
      { numRuns: runs, endOnFailure: true },
    );
  }, 600_000);
});

// Files made to keep the program from everything else: read within bounds of time and memory, while everybody else is served.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import type { Event, FileContent } from '../../src/domain/event.ts';
import type { Template } from '../../src/domain/template.ts';
import { fetchFor } from '../../src/fetching.ts';
import { createReadingThread } from '../../src/reading-thread.ts';
import { CAN } from '../support/can.ts';
import { type Running, start } from '../support/process.ts';
import { type Visitor, visit } from '../support/visitor.ts';
import { allTemplates, plain } from '../support/world.ts';
import { BOMBS } from './bombs.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const MB = 1024 * 1024;
/** So long the program may do nothing else (ms); it waits for a processor that others use too. */
const LONGEST_PAUSE = 1_500;
/** So much more memory it may take meanwhile. */
const MOST_MEMORY = 450 * MB;
const LONG = 60_000;

const reading = createReadingThread();
afterAll(() => reading.stop());

const channelWith = (bytes: Uint8Array): Channel => ({
  ...{ name: 'test', can: CAN, start: async () => {}, send: async () => ({ outcome: 'sent' }) as const },
  ...{ inviteLink: () => undefined, notices: () => [], stop: async () => {} },
  fetchFile: async () => ({ bytes }),
});

/** What the dialog hears of a file; `sheet`: it was sent as the table of that form. */
async function heardOf(bytes: Uint8Array, sheet: Template | undefined): Promise<FileContent> {
  const heard: Event[] = [];
  const file = { name: 'a.xlsx', source: 's', size: bytes.length };
  const fetch = sheet ? { ...file, sheet: { report: 'r', template: sheet } } : file;
  const out = { id: 'e:0', conversation: 'test:1', seq: 1, message: { text: [], fetch } };
  const receive = async (event: Event) => void heard.push(event);
  const parts = { receive, templates: sheet ? [sheet] : [], readFile: reading.read };
  await fetchFor(channelWith(bytes), { ...out, createdAt: '', attempts: 0 }, fetch, parts);
  const [event] = heard;
  if (event?.type !== 'fetched') throw new Error('nothing was heard of the file');
  return event.content;
}

/** Does it and tells for how long nothing else could be done, and how much more memory there was at the most. */
async function watched<T>(act: () => Promise<T>): Promise<{ made: T; pause: number; memory: number }> {
  const [rss, ticks] = [process.memoryUsage.rss(), { last: performance.now(), pause: 0, most: 0 }];
  const tick = () => {
    const now = performance.now();
    ticks.pause = Math.max(ticks.pause, now - ticks.last);
    ticks.last = now;
    ticks.most = Math.max(ticks.most, process.memoryUsage.rss());
  };
  const timer = setInterval(tick, 10);
  const made = await act();
  clearInterval(timer);
  tick();
  return { made, pause: ticks.pause, memory: ticks.most - rss };
}

describe.each(Object.keys(BOMBS))('A small file with very many %s', (name) => {
  it.each(['a list of units', 'a filled table'])(
    'is read as %s within bounds, while everything else goes on',
    async (as) => {
      const template = (await allTemplates()).find(({ id }) => id === FORM);
      const bytes = BOMBS[name]?.() ?? new Uint8Array();
      expect(bytes.length).toBeLessThan(5 * MB);
      const { made, pause, memory } = await watched(() =>
        heardOf(bytes, as === 'a filled table' ? template : undefined),
      );
      expect(pause).toBeLessThan(LONGEST_PAUSE);
      expect(memory).toBeLessThan(MOST_MEMORY);
      // What the dialog has to go through is no longer than what a person sends.
      expect(JSON.stringify(made).length).toBeLessThan(6 * MB);
    },
    LONG,
  );
});

describe('A file that would take for ever', () => {
  let [folder, bot]: [string, Running | undefined] = ['', undefined];
  const visitors: Visitor[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitieu-files-'));
    bot = await start({ DATA_DIR: folder });
  });
  afterAll(async () => {
    for (const visitor of visitors) visitor.close();
    await bot?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'is refused by the running program, which answers an officer meanwhile',
    async () => {
      const { url = '', lines = [] } = bot ?? {};
      const codes = lines.flatMap((line) => /\/i\/(\S+)$/.exec(line)?.[1] ?? []);
      const [officer, coordinator] = await Promise.all([visit(url), visit(url)]);
      visitors.push(officer, coordinator);
      for (const [n, visitor] of [officer, coordinator].entries()) {
        void visitor.listen(url);
        expect(await visitor.post(url, '/api/start', { id: 'in', code: codes[n] })).toBe(200);
      }
      const said = (visitor: Visitor) => visitor.seen.map(({ message }) => plain(message)).join('\n');
      await vi.waitFor(() => expect(said(officer)).toContain('Chỉ tiêu 1/'), { timeout: 5_000 });
      const endless = BOMBS['different attributes of one row']?.() ?? new Uint8Array();
      expect(await coordinator.upload(url, 'f', '../../<b>=1+1.xlsx', endless)).toBe(200);
      for (let n = 0; n < 20; n++) {
        const began = performance.now();
        expect(await officer.post(url, '/api/send', { id: `n${n}`, text: `/ghichu lần ${n}` })).toBe(200);
        expect(performance.now() - began).toBeLessThan(LONGEST_PAUSE);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(said(officer)).toContain('lần 19');
      await vi.waitFor(() => expect(said(coordinator)).toContain('giải nén ra quá lớn'), { timeout: 30_000 });
    },
    LONG,
  );
});

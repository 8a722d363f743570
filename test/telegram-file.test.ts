// Files that people send on Telegram: fetched from the Bot API alone, within limits, and never in words that tell the token.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Channel, type Fetched, LARGEST_FILE } from '../src/channels/channel.ts';
import { sha256 } from '../src/codes.ts';
import type { Role } from '../src/domain/people.ts';
import { COMMAND_MENU } from '../src/text/command-menu.ts';
import { openStorage } from '../storage/open.ts';
import { startTelegram } from './stand-ins/telegram.ts';
import { type Bench, openBench } from './stand-ins/telegram-bench.ts';
import { type Bot, prepare, startBot } from './support/process.ts';

const cleanup: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 20 });
const CSV = Buffer.from('ma,ten\nx1,UBND xã Một\n');

async function open(options: Parameters<typeof openBench>[0] = {}): Promise<Bench> {
  const bench = await openBench(options);
  cleanup.push(() => bench.close());
  return bench;
}

/** Somebody sends a file; gives the source that the event names. */
async function sent(bench: Bench, ...file: Parameters<ReturnType<Bench['telegram']['user']>['file']>) {
  await bench.start();
  bench.telegram.user(5).file(...file);
  await soon(() => expect(bench.events).toHaveLength(1));
  const [event] = bench.events;
  if (event?.type !== 'file') throw new Error('no file came');
  return event.file;
}

const fetched = async ({ fetchFile }: Channel, source: string): Promise<Fetched> => {
  if (!fetchFile) throw new Error('the channel takes no files');
  return fetchFile(source);
};

describe('A file on Telegram', () => {
  it('is told with its name and size, and fetched whole', async () => {
    const bench = await open();
    const file = await sent(bench, 'đơn vị.csv', CSV);
    expect(file).toMatchObject({ name: 'đơn vị.csv', size: CSV.length });
    expect(await fetched(bench.channel, file.source)).toEqual({ bytes: new Uint8Array(CSV) });
  });

  it('is fetched under a path with letters that an address cannot have', async () => {
    const bench = await open({});
    const { source } = await sent(bench, 'a.csv', CSV, { path: 'documents/tệp số 1%20?#.csv' });
    expect(await fetched(bench.channel, source)).toEqual({ bytes: new Uint8Array(CSV) });
  });

  it('is fetched where the Bot API is, however its address is written', async () => {
    const telegram = await startTelegram();
    const bench = await openBench({ apiRoot: `${telegram.apiRoot}//` }, telegram);
    cleanup.push(() => bench.close());
    const { source } = await sent(bench, 'a.csv', CSV);
    expect(await fetched(bench.channel, source)).toEqual({ bytes: new Uint8Array(CSV) });
  });

  it.each(['/var/lib/telegram-bot-api/7000/documents/a.csv', 'C:\\bot\\a.csv', '../../other', 'a/../b'])(
    'that lies at %s is refused, and nothing is asked there',
    async (path) => {
      const bench = await open();
      const { source } = await sent(bench, 'a.csv', CSV, { path });
      expect(await fetched(bench.channel, source)).toEqual({ fault: 'foreign' });
      expect(bench.telegram.calls('file')).toEqual([]);
      expect(bench.log).toMatchObject([{ level: 'warn', text: expect.stringContaining('--local') }]);
    },
  );

  it('of exactly the most that we take is taken; a larger one is given up, whatever Telegram tells of its size', async () => {
    const bench = await open();
    const { source } = await sent(bench, 'a.bin', Buffer.alloc(LARGEST_FILE));
    const most = await fetched(bench.channel, source);
    expect('bytes' in most && most.bytes.length).toBe(LARGEST_FILE);
    const person = bench.telegram.user(5);
    for (const [size, told] of [
      [LARGEST_FILE + 1, LARGEST_FILE + 1],
      [LARGEST_FILE + 1, undefined],
      [LARGEST_FILE + 1, 10],
      [20 * 1024 * 1024 + 1, undefined],
    ] as const) {
      person.file('a.bin', Buffer.alloc(size), { told });
      await soon(() => expect(bench.events.at(-1)?.id).not.toBe(bench.events[0]?.id));
      const event = bench.events.pop();
      if (event?.type !== 'file') throw new Error('no file came');
      expect(await fetched(bench.channel, event.file.source)).toEqual({ fault: 'tooBig' });
    }
    expect(bench.telegram.calls('file')).toHaveLength(3);
  });

  it('that Telegram no longer has is gone', async () => {
    const bench = await open();
    const { source } = await sent(bench, 'a.csv', CSV);
    expect(await fetched(bench.channel, 'unknown')).toEqual({ fault: 'gone' });
    bench.telegram.fault('file', { kind: 'refuse', code: 404, description: 'Not Found' });
    expect(await fetched(bench.channel, source)).toEqual({ fault: 'gone' });
  });

  it('that leads elsewhere is not followed', async () => {
    const bench = await open();
    const { source } = await sent(bench, 'a.csv', CSV);
    bench.telegram.fault('file', { kind: 'redirect', to: `${bench.telegram.apiRoot}/elsewhere` });
    await expect(fetched(bench.channel, source)).rejects.toThrow('HTTP 302');
  });

  const refused = (code: number, description: string) => ({ kind: 'refuse', code, description }) as const;
  it.each([
    ['getFile', { kind: 'drop-before' }],
    ['getFile', { kind: 'gateway' }],
    ['getFile', refused(429, 'Too Many Requests: retry after 1')],
    ['getFile', refused(401, 'Unauthorized')],
    ['getFile', refused(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')],
    ['file', { kind: 'drop-before' }],
    ['file', { kind: 'drop-after' }],
    ['file', { kind: 'gateway' }],
    ['file', refused(401, 'Unauthorized')],
  ] as const)('that cannot be had just now may be tried again: %s %j', async (method, fault) => {
    const bench = await open();
    const { source } = await sent(bench, 'a.csv', CSV);
    bench.telegram.fault(method, fault);
    const why = await fetched(bench.channel, source).then(
      () => 'it was fetched',
      (error: unknown) => String(error),
    );
    expect(why).toContain('a file could not be fetched');
    const half = bench.telegram.token.split(':')[1] ?? '';
    expect(`${why} ${JSON.stringify(bench.log)}`).not.toContain(half);
    expect(await fetched(bench.channel, source)).toEqual({ bytes: new Uint8Array(CSV) });
  });
});

describe('A coordinator on Telegram', () => {
  const CODES = { officer: 'officer-code-of-24-letters', coordinator: 'office-code-of-24-letters-' };

  /** The program with one unit below an office, and an officer and a coordinator who have come in. */
  async function begin() {
    const folder = await mkdtemp(join(tmpdir(), 'chitieu-telegram-file-'));
    cleanup.push(() => rm(folder, { recursive: true, force: true }));
    const form = 'ubnd-thi-xa-nga-nam';
    await prepare(folder, [
      { template: form, unit: 'UBND phường 1', period: '2026-Q1', code: CODES.officer },
    ]);
    const storage = await openStorage({ dataDir: folder });
    const [at, expiresAt] = [0, 7].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
    const of = { unit: 'so', role: 'coordinator', name: 'Chị Hoa' } as const;
    const times = { createdAt: at ?? '', expiresAt: expiresAt ?? '' };
    await storage.commit({
      ...{ event: 'office', at: at ?? '', by: 'test', conversation: 'operator:test', outgoing: [] },
      changes: [
        { type: 'unit_set', unit: { id: 'so', name: 'Sở Nội vụ', kind: 'sở' } },
        { type: 'unit_set', unit: { id: form, name: 'UBND phường 1', kind: 'phường', parent: 'so' } },
        { type: 'invitation_set', invitation: { id: sha256(CODES.coordinator), ...of, ...times } },
      ],
      expects: { reports: {} },
    });
    await storage.close();
    const telegram = await startTelegram();
    cleanup.push(() => telegram.stop());
    const settings = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot };
    const bot: Bot = await startBot(folder, settings);
    cleanup.push(async () => bot.kill());
    const [officer, coordinator] = [telegram.user(101), telegram.user(102)];
    officer.send(`/start ${CODES.officer}`);
    coordinator.send(`/start ${CODES.coordinator}`);
    const said = (person = coordinator): string =>
      person.messages.flatMap(({ from, text }) => (from === 'bot' ? [text] : [])).join('\n');
    await soon(() => expect(said(officer)).toContain('UBND phường 1'));
    await soon(() => expect(said()).toContain('Chị Hoa'));
    return { folder, telegram, bot, officer, coordinator, said };
  }

  it('sends a list of units, sees what it would do, applies it, and finds the new units stored', async () => {
    const { folder, telegram, bot, coordinator, said } = await begin();
    const list = 'ma,ten,loai\nx1,UBND xã Một,xã\nx2,UBND xã Hai,xã\n';
    telegram.fault('file', { kind: 'drop-before' });
    coordinator.file('đơn vị.csv', Buffer.from(list));
    await soon(() => expect(said()).toContain('2 đơn vị mới:'));
    expect(said()).toContain('• UBND xã Một (x1, xã)');
    const label = coordinator.messages
      .flatMap(({ buttons }) => buttons.flat())
      .find((each) => each.label.startsWith('Áp dụng'))?.label;
    coordinator.press(label ?? 'Áp dụng');
    await soon(() => expect(said()).toContain('Đã nhập danh mục: 2 đơn vị mới'));
    expect((await bot.stop()).code, bot.output()).toBe(0);
    expect(bot.output()).not.toContain(telegram.token);
    const storage = await openStorage({ dataDir: folder });
    const stored = (await storage.units()).filter(({ id }) => id.startsWith('x'));
    await storage.close();
    expect(stored.map(({ id, name, parent }) => [id, name, parent])).toEqual([
      ['x1', 'UBND xã Một', 'so'],
      ['x2', 'UBND xã Hai', 'so'],
    ]);
  });

  it("is shown the own commands once in, and everybody's again after leaving; an officer sees the officer's", async () => {
    const { telegram, coordinator, officer } = await begin();
    await soon(() => expect(telegram.commandsOf(coordinator.id)).toEqual(COMMAND_MENU.coordinator));
    expect(telegram.commands()).toEqual(COMMAND_MENU.officer);
    expect(telegram.commandsOf(officer.id)).toBeUndefined();
    coordinator.send('/toi');
    await soon(() => coordinator.press('Rời khỏi'));
    await soon(() => coordinator.press('Đồng ý rời khỏi'));
    await soon(() => expect(telegram.commandsOf(coordinator.id)).toBeUndefined());
    expect(telegram.calls('setMyCommands')).toHaveLength(2);
  });
});

describe('The menu of a chat', () => {
  it('for which Telegram asks to wait keeps no message waiting, and is not asked for again meanwhile', async () => {
    const bench = await open({ commandsOf: (role) => role && COMMAND_MENU[role] });
    const person = bench.telegram.user(6);
    await bench.start(undefined, () => 'leader');
    const tooMany = { kind: 'refuse', code: 429, description: 'Too Many Requests', retryAfter: 600 } as const;
    bench.telegram.fault('setMyCommands', tooMany);
    person.send('x');
    await soon(() => expect(bench.log.some(({ text }) => text.includes('menu of a chat'))).toBe(true));
    const calls = bench.telegram.calls('setMyCommands').length;
    const greeting = { id: 'e:0', seq: 1, chat: '6', message: { text: ['Chào'] } };
    expect(await bench.channel.send(greeting)).toMatchObject({ outcome: 'sent' });
    person.send('y');
    await soon(() => expect(bench.events).toHaveLength(2));
    expect(bench.telegram.calls('setMyCommands')).toHaveLength(calls);
  });

  it('is told to Telegram once, again when it changes, and again after Telegram refused it', async () => {
    const roles: Role[] = ['viewer', 'viewer', 'leader', 'leader', 'leader'];
    const bench = await open({ commandsOf: (role) => role && COMMAND_MENU[role] });
    const person = bench.telegram.user(5);
    const say = async (count: number): Promise<void> => {
      const left = roles.length;
      person.send('x');
      await soon(() => expect(roles).toHaveLength(left - 1));
      await soon(() => expect(bench.telegram.calls('setMyCommands')).toHaveLength(count));
    };
    await bench.start(undefined, () => roles.shift());
    await say(2);
    await say(2);
    bench.telegram.fault('setMyCommands', { kind: 'gateway' });
    await say(3);
    await soon(() => expect(bench.log).toHaveLength(1));
    expect(bench.telegram.commandsOf(5)).toEqual(COMMAND_MENU.viewer);
    await say(4);
    await say(4);
    expect(bench.telegram.commandsOf(5)).toEqual(COMMAND_MENU.leader);
  });
});

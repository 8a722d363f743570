// The real program at its start and end: the sample period anybody can try at once, and every way in which a start can go wrong.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Message } from '../src/domain/conversation.ts';
import { openStorage } from '../storage/open.ts';
import type { Storage } from '../storage/storage.ts';
import { startTelegram } from './stand-ins/telegram.ts';
import { freePort, prepare, type Running, runToEnd, start } from './support/process.ts';
import { type Visitor, visit } from './support/visitor.ts';
import { allTemplates, buttonsOf, plain } from './support/world.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const CODE = 'a-code-of-at-least-22-letters';
let root = '';
const running: Running[] = [];
const visitors: Visitor[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chitieu-start-'));
});
afterEach(async () => {
  for (const visitor of visitors.splice(0)) visitor.close();
  await Promise.all(running.splice(0).map((each) => each.kill()));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function begin(env: Parameters<typeof start>[0]): Promise<Running> {
  const started = await start(env);
  running.push(started);
  return started;
}

/** A page that is opened and stays open. */
async function open(url: string): Promise<Visitor> {
  const visitor = await visit(url);
  visitors.push(visitor);
  void visitor.listen(url);
  return visitor;
}

/** What the program offers at the start: the codes of its links, by the words before them. */
const codesIn = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const [, words = '', code = ''] = /^\s*(\S.*\S):\s+http\S+\/i\/(\S+)$/.exec(line) ?? [];
      return code === '' ? [] : [[words, code]];
    }),
  );

const newest = (visitor: Visitor): Message => visitor.seen.at(-1)?.message ?? { text: [] };
const sees = (visitor: Visitor, words: string): Promise<void> =>
  vi.waitFor(() => expect(plain(newest(visitor))).toContain(words), { timeout: 5_000 });

/** The question for the n-th indicator, by its place and its words. */
async function question(n: number): Promise<string> {
  const row = (await allTemplates()).find((each) => each.id === FORM)?.indicators[n];
  return `*${[row?.stt, row?.label].filter(Boolean).join(' ')}*`;
}

async function inStore<T>(folder: string, read: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openStorage({ dataDir: folder });
  try {
    return await read(storage);
  } finally {
    await storage.close();
  }
}

describe('An unconfigured start', () => {
  it('prints two links, and the officer who opens theirs is asked the first question at once', async () => {
    const { url, lines } = await begin({ DATA_DIR: join(root, 'first') });
    const codes = codesIn(lines);
    expect(Object.keys(codes)).toEqual(['Cán bộ nhập số liệu', 'Đầu mối tổng hợp']);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('mẫu');

    const officer = await open(url);
    expect(await officer.post(url, '/api/start', { id: 'a1', code: codes['Cán bộ nhập số liệu'] })).toBe(200);
    await sees(officer, await question(0));
    expect(buttonsOf(newest(officer)).map(({ label }) => label)).toContain('Để trống');
    const said = officer.seen.map(({ message }) => plain(message)).join('\n');
    expect(said).toContain('UBND thị xã Ngã Năm');
    expect(said).toContain('(kỳ mẫu để dùng thử)');

    const coordinator = await open(url);
    await coordinator.post(url, '/api/start', { id: 'b1', code: codes['Đầu mối tổng hợp'] });
    await sees(coordinator, 'UBND thị xã Ngã Năm');
    expect(plain(newest(coordinator))).toContain('mẫu');
  });

  it('keeps the answers over a second start, whose new links lead the same people on', async () => {
    const folder = join(root, 'second');
    const first = await begin({ DATA_DIR: folder });
    const old = codesIn(first.lines);
    const officer = await open(first.url);
    await officer.post(first.url, '/api/start', { id: 'a1', code: old['Cán bộ nhập số liệu'] });
    await officer.post(first.url, '/api/send', { id: 'a2', text: '60' });
    await sees(officer, await question(1));
    expect((await first.stop()).code).toBe(0);

    const second = await begin({ DATA_DIR: folder });
    const codes = codesIn(second.lines);
    expect(Object.keys(codes)).toEqual(Object.keys(old));
    expect(Object.values(codes).filter((code) => Object.values(old).includes(code))).toEqual([]);
    const tablet = await open(second.url);
    for (const [n, code] of [...Object.values(old), codes['Cán bộ nhập số liệu']].entries())
      await tablet.post(second.url, '/api/start', { id: `t${n}`, code });
    await sees(tablet, await question(1));
    expect(tablet.seen.map(({ message }) => plain(message)).join('\n')).toMatch(
      /Mã mời này đã được dùng.*Mã mời đã bị thu hồi.*Đã nhập 1\/175/s,
    );
    await officer.post(second.url, '/api/send', { id: 'a3', text: '25' });
    void officer.listen(second.url);
    await sees(officer, await question(2));
    expect((await second.stop()).code).toBe(0);

    await inStore(folder, async (storage) => {
      const people = await storage.people();
      expect(people.map(({ role, conversations }) => [role, conversations.length])).toEqual([['officer', 2]]);
      expect((await storage.campaigns()).map(({ sample }) => sample)).toEqual([true]);
      const [report] = await storage.reports('ky-mau');
      expect(Object.keys(report?.answers ?? {})).toEqual(['ke-hoach-ty-le', 'nhiem-vu-de-ra']);
    });
  });

  it('does not add a sample to a store with real work, be it only a list of units', async () => {
    const [folder, other] = [join(root, 'real'), join(root, 'units')];
    await prepare(folder, [{ template: FORM, unit: 'UBND phường 1', period: '2026-Q1', code: CODE }]);
    const change = { type: 'unit_set', unit: { id: 'u1', name: 'UBND phường 1', kind: 'phường' } } as const;
    const turn = { event: 'e1', at: new Date().toISOString(), by: 'test', conversation: 'operator:test' };
    await inStore(other, (storage) =>
      storage.commit({ ...turn, changes: [change], outgoing: [], expects: { reports: {} } }),
    );
    for (const [data, campaigns] of [
      [folder, 1],
      [other, 0],
    ] as const) {
      const { lines, stop } = await begin({ DATA_DIR: data });
      expect(lines).toHaveLength(1);
      await stop();
      expect(await inStore(data, (storage) => storage.campaigns())).toHaveLength(campaigns);
    }
  });
});

describe('A start that cannot be', () => {
  /** Files of a folder with their content. */
  async function contentOf(folder: string): Promise<Record<string, string>> {
    const names = (await readdir(folder, { recursive: true })).sort();
    const read = (name: string) => readFile(join(folder, name), 'base64').catch(() => 'folder');
    return Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await read(name)] as const)),
    );
  }

  /** A folder with stored work, as the last clean stop left it, and a message for Telegram that still waits. */
  async function stored(name: string): Promise<string> {
    const folder = join(root, name);
    await prepare(folder, [{ template: FORM, unit: 'UBND phường 1', period: '2026-Q1', code: CODE }]);
    const outgoing = [{ conversation: 'telegram:501', message: { text: ['đang chờ gửi'] } }];
    const turn = { event: 'e1', at: new Date().toISOString(), by: 'test', conversation: 'telegram:501' };
    await inStore(folder, (storage) =>
      storage.commit({ ...turn, changes: [], outgoing, expects: { reports: {} } }),
    );
    return folder;
  }

  /** Runs to the end: code 1, and sentences instead of a stack trace. */
  async function fails(env: Parameters<typeof runToEnd>[0]): Promise<string> {
    const { code, lines } = await runToEnd({ PORT: String(await freePort()), ...env });
    const text = lines.join('\n');
    expect(code, text).toBe(1);
    expect(text).not.toMatch(/^\s*at .+:\d+|^\w*Error\b|"stack"|node:|chitieu-bot đang chạy tại/m);
    return text;
  }

  it('for a port in use says which, and has sent and changed nothing', async () => {
    const telegram = await startTelegram();
    telegram.user(501).send('chào');
    const folder = await stored('port');
    const before = await contentOf(folder);
    const other = await begin({ DATA_DIR: join(root, 'other') });
    const port = new URL(other.url).port;
    const said = await fails({
      ...{ DATA_DIR: folder, PORT: port },
      ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
    });
    expect(said).toContain(`Cổng ${port} đang được chương trình khác sử dụng`);
    expect(said).toContain('PORT');
    expect(await contentOf(folder)).toEqual(before);
    expect(telegram.calls('sendMessage')).toEqual([]);
    await telegram.stop();
  });

  it('for a data folder that cannot be written names it and what to check', async () => {
    const file = join(root, 'a-file');
    await writeFile(file, 'not a folder');
    const said = await fails({ DATA_DIR: join(file, 'data') });
    expect(said).toContain(join(file, 'data'));
    expect(said).toContain('DATA_DIR');
    expect(said).toContain('Không ghi được dữ liệu');
    expect(await readFile(file, 'utf8')).toBe('not a folder');
  });

  it('for faulty forms names every fault of every file with its line, before any data is touched', async () => {
    const folder = join(root, 'forms');
    await mkdir(folder);
    const form = await readFile(new URL(`../templates/${FORM}.v1.yaml`, import.meta.url), 'utf8');
    await writeFile(
      join(folder, `${FORM}.v1.yaml`),
      form.replace(/^ {16}type: count$/m, '                type: cuont'),
    );
    await writeFile(join(folder, 'b.v1.yaml'), 'id: b\nversion: 1\nname: [chưa đóng\n');
    const line = form.slice(0, form.search(/^ {16}type: count$/m)).split('\n').length;
    const data = join(root, 'untouched');
    const said = await fails({ TEMPLATES_DIR: folder, DATA_DIR: data });
    expect(said).toContain(`${FORM}.v1.yaml:${line} `);
    expect(said).toMatch(/^ {2}b\.v1\.yaml:\d+ /m);
    expect(said).toContain('npm run admin -- templates check');
    await expect(readdir(data)).rejects.toThrow('ENOENT');
  });

  it('for a folder without forms says where it looked', async () => {
    const folder = join(root, 'no-forms');
    await mkdir(folder);
    const said = await fails({ TEMPLATES_DIR: folder, DATA_DIR: join(root, 'untouched') });
    expect(said).toContain(folder);
    expect(said).toContain('TEMPLATES_DIR');
  });

  it('for a form that an open period uses and that is gone names the file, instead of hiding its reports', async () => {
    const folder = join(root, 'form-gone');
    await prepare(folder, [{ template: FORM, unit: 'UBND phường 1', period: '2026-Q1', code: CODE }]);
    const others = join(root, 'other-forms');
    await mkdir(others);
    await cp('templates/so-ngoai-vu.v1.yaml', join(others, 'so-ngoai-vu.v1.yaml'));
    const said = await fails({ TEMPLATES_DIR: others, DATA_DIR: folder });
    expect(said).toContain(`${FORM}.v1.yaml`);
    expect(said).toContain('số liệu vẫn còn nguyên');
  });

  it('for several wrong settings names every one of them at once', async () => {
    const said = await fails({
      ...{ PORT: 'abc', TIMEZONE: 'Mars/X', TELEGRAM_MODE: 'x', TELEGRAM_BOT_TOKEN: 'bad' },
      DATA_DIR: join(root, 'untouched'),
    });
    for (const name of ['PORT', 'TIMEZONE', 'TELEGRAM_MODE', 'TELEGRAM_BOT_TOKEN'])
      expect(said).toMatch(new RegExp(`^ {2}${name}: \\S`, 'm'));
    expect(said).toContain('.env.example');
    await expect(readdir(join(root, 'untouched'))).rejects.toThrow('ENOENT');
  });

  it('for a folder in use says by whom, and the first process goes on', async () => {
    const folder = join(root, 'shared');
    await prepare(folder, [{ template: FORM, unit: 'UBND phường 1', period: '2026-Q1', code: CODE }]);
    const first = await begin({ DATA_DIR: folder });
    const before = await contentOf(folder);
    const said = await fails({ DATA_DIR: folder });
    expect(said).toContain('Thư mục dữ liệu đang được một tiến trình khác sử dụng');
    expect(await contentOf(folder)).toEqual(before);
    expect((await fetch(`${first.url}/health`)).status).toBe(200);
    expect((await first.stop()).code).toBe(0);
  });

  it.each([
    ['a snapshot that is cut off', 'state.json', (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
    ['a snapshot that is empty', 'state.json', () => Buffer.alloc(0)],
    [
      'a journal with a changed line',
      'journal',
      (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('answer_set', 'answer_sat'), 'latin1'),
    ],
  ])('for %s names the file and leaves everything as it is', async (what, name, damage) => {
    const folder = await stored(what.replaceAll(' ', '-'));
    const writing = await begin({ DATA_DIR: folder });
    const officer = await open(writing.url);
    await officer.post(writing.url, '/api/start', { id: 'a1', code: CODE });
    for (const n of [1, 2, 3])
      await officer.post(writing.url, '/api/send', { id: `n${n}`, text: `/ghichu lần ${n}` });
    await writing.kill();
    const copy = `${folder}-damaged`;
    await cp(folder, copy, { recursive: true });
    await rm(join(copy, 'lock'));
    const found = (await readdir(copy)).find((each) => each.startsWith(name)) ?? '';
    await writeFile(join(copy, found), damage(await readFile(join(copy, found))));
    const before = await contentOf(copy);
    const said = await fails({ DATA_DIR: copy });
    expect(said).toContain(join(copy, found));
    expect(said).toContain('khôi phục từ bản sao lưu');
    expect(await contentOf(copy)).toEqual(before);
  });
});

describe('SIGTERM in the middle of a burst', () => {
  it('ends with code 0 within 5 seconds, and every post that was acknowledged is stored', async () => {
    const folder = join(root, 'burst');
    await prepare(folder, [{ template: FORM, unit: 'UBND phường 1', period: '2026-Q1', code: CODE }]);
    const bot = await begin({ DATA_DIR: folder });
    const officer = await open(bot.url);
    expect(await officer.post(bot.url, '/api/start', { id: 'a1', code: CODE })).toBe(200);
    const acknowledged: string[] = [];
    let stopped: ReturnType<Running['stop']> | undefined;
    // Ten pages that post one note after the other until they are refused; the 30th acknowledgement sets off the signal.
    const pages = Array.from({ length: 10 }, async (_, page) => {
      for (let n = 0; ; n++) {
        const id = `n${page}-${n}`;
        if ((await officer.post(bot.url, '/api/send', { id, text: `/ghichu lần ${id}` })) !== 200) return;
        if (acknowledged.push(id) === 30) stopped = bot.stop();
      }
    });
    await Promise.all(pages);
    const ended = (await stopped) ?? { code: null, ms: 0 };
    expect(ended.code, bot.lines.join('\n')).toBe(0);
    expect(ended.ms).toBeLessThan(5_000);
    // A clean end: the folder is free and needs no recovery.
    expect(await readdir(folder)).not.toContain('lock');
    const events = await inStore(folder, async (storage) =>
      (await storage.history(`${FORM}/${FORM}`)).map(({ id }) => id.split(':')[2]),
    );
    expect(acknowledged.filter((id) => !events.includes(id))).toEqual([]);
  });

  it('leaves with Telegram what it did not store, so that the next start loses and repeats nothing', async () => {
    const telegram = await startTelegram();
    const folder = join(root, 'telegram-burst');
    await prepare(folder, [{ template: FORM, unit: 'UBND phường 1', period: '2026-Q1', code: CODE }]);
    const env = { DATA_DIR: folder, TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot };
    const notes = Array.from({ length: 100 }, (_, n) => `lần ${n + 1}`);
    const officer = telegram.user(501);
    officer.send(`/start ${CODE}`);
    for (const note of notes) officer.send(`/ghichu ${note}`);
    const first = await begin(env);
    await vi.waitFor(() => expect(officer.messages.some(({ from }) => from === 'bot')).toBe(true), 5_000);
    const ended = await first.stop();
    expect(ended.code, first.lines.join('\n')).toBe(0);
    expect(ended.ms).toBeLessThan(5_000);
    const notesIn = (storage: Storage) =>
      storage
        .history(`${FORM}/${FORM}`)
        .then((all) =>
          all.flatMap(({ change }) => (change.type === 'answer_set' ? [change.answer.note] : [])),
        );
    const stored = await inStore(folder, notesIn);
    const second = await begin(env);
    await vi.waitFor(() => expect(telegram.unconfirmed()).toEqual([]), 10_000);
    await second.stop();
    const all = await inStore(folder, notesIn);
    expect(all.slice(0, stored.length)).toEqual(stored);
    expect(all).toEqual(notes);
    await telegram.stop();
  });
});

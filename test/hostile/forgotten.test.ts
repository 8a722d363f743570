// Somebody who left, looked for in everything that the program has: its files or tables, what others were shown, and what it printed.
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sha256 } from '../../src/codes.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Role } from '../../src/domain/people.ts';
import { parsePeriod, usualCutoff } from '../../src/domain/period.ts';
import { openStorage } from '../../storage/open.ts';
import { postgresServer, type Server } from '../support/postgres.ts';
import { type Running, start } from '../support/process.ts';
import { type Visitor, visit } from '../support/visitor.ts';
import { buttonsOf, plain } from '../support/world.ts';

const NAME = 'Quách Thị Hồng Hạnh';
const FORM = 'ubnd-thi-xa-nga-nam';
/** By role; who leaves is the officer. */
const PEOPLE = { officer: NAME, colleague: 'Lý Minh', leader: 'Tô Văn Sếp', coordinator: 'Bế Đầu Mối' };
type Who = keyof typeof PEOPLE;
const codeOf = (who: Who): string => `code-of-the-${who}-in-22-letters`;
const DAY_MS = 86_400_000;

/** What must not be kept, as it is and as somebody writes it who wants it kept. */
const REFUSED = [
  ...['0912345678', '0912 345 678', '+84 912.345.678', '09\u200b12\u200b345\u200b678', '\u202e0912345678'],
  ...['０９１２３４５６７８', 'CCCD 079088001234', '079 088 001 234', 'văn bản Mật số 12/BC-UBND'],
  'công văn MẬT 12/BC-UBND'.normalize('NFD'),
];
/** Where words go that are kept in some way. */
const TYPED = [
  ...['', '/ghichu ', '60; ', '; ', '/ghichumuc ', '/cho ', '/cho Phòng Nội vụ ', '/trong ', '/khongapdung '],
  ...['/giao III cho ', '/giao ', '/sua ', '/baocao ', '/muc ', '/lichsu ', '/nhaclai ', '/nop ', '/toi '],
  ...['/file ', '/anh ', '/khongbiet ', '1.1: 5\n1.2: '],
];

const LOOKED = [
  ...['/nguoi ', '/tiendo ', '', '/moi ', '/moi a ', '/nhac ', '/lichsu ', '/lichsu kim ', '/ky ', '/moky '],
  ...['/donvi ', '/tonghop ', '/chuagui '],
];

async function open(store: Parameters<typeof openStorage>[0]): Promise<void> {
  const storage = await openStorage(store);
  const [createdAt, due, expiresAt] = [0, 3, 7].map((days) =>
    new Date(Date.now() + days * DAY_MS).toISOString(),
  ) as [string, string, string];
  const period = parsePeriod('2026-Q1');
  if (!period) throw new Error('no period');
  const campaign = { id: 'k', template: { id: FORM, version: 1 }, period, due, cutoff: usualCutoff(period) };
  const invited = (Object.keys(PEOPLE) as Who[]).map((who): Change => {
    const role: Role = who === 'colleague' ? 'officer' : who;
    const unit = who === 'coordinator' ? 'so' : 'a';
    const base = { id: sha256(codeOf(who)), unit, role, name: PEOPLE[who] };
    return { type: 'invitation_set', invitation: { ...base, createdAt, expiresAt } };
  });
  const changes: Change[] = [
    { type: 'unit_set', unit: { id: 'so', name: 'Sở Nội vụ', kind: 'sở' } },
    { type: 'unit_set', unit: { id: 'a', name: 'UBND phường Kim', kind: 'phường', parent: 'so' } },
    { type: 'campaign_set', campaign: { ...campaign, units: ['a'], office: 'so', createdAt } },
    ...invited,
  ];
  const turn = { event: 'open', at: createdAt, by: 'test', conversation: 'operator:test', changes };
  await storage.commit({ ...turn, outgoing: [], expects: { reports: {} } });
  await storage.close();
}

/** Everything in a folder, as text. */
async function filesIn(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const texts = names.map(async (name) => {
    const path = join(folder, name);
    return (await stat(path)).isFile() ? `${name}\n${await readFile(path, 'utf8')}` : '';
  });
  return (await Promise.all(texts)).join('\n');
}

/** Every row of every table, as text. */
async function tablesIn(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = current_schema()',
  );
  let text = '';
  for (const { name } of rows) {
    const found = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from "${name}" t`);
    text += found.rows.map(({ row }) => `${name} ${row}\n`).join('');
  }
  await client.end();
  return text;
}

let server: Server | undefined;
const folders: string[] = [];
beforeAll(async () => {
  server = await postgresServer();
}, 60_000);
afterAll(async () => {
  await server?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe.each(['files', 'PostgreSQL'])('Somebody who left, over %s', (kind) => {
  let bot: Running;
  let everything: () => Promise<string>;
  const chats = {} as Record<Who, Visitor>;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chitieu-forgotten-'));
    folders.push(folder);
    const url = kind === 'files' ? undefined : await server?.freshUrl();
    await open({ dataDir: folder, databaseUrl: url });
    everything = async () => (await filesIn(folder)) + (url === undefined ? '' : await tablesIn(url));
    bot = await start({ DATA_DIR: folder, DATABASE_URL: url ?? '', LOG_LEVEL: 'trace' });
    for (const who of Object.keys(PEOPLE) as Who[]) {
      chats[who] = await visit(bot.url);
      void chats[who].listen(bot.url);
      await chats[who].post(bot.url, '/api/start', { id: 'in', code: codeOf(who) });
    }
  }, 60_000);
  afterAll(async () => {
    for (const chat of Object.values(chats)) chat.close();
    await bot.kill();
  });

  let count = 0;
  const say = async (who: Who, text: string): Promise<void> => {
    count += 1;
    const id = `t${count}`;
    // More than 20 a second are too many.
    await vi.waitFor(
      async () => expect(await chats[who].post(bot.url, '/api/send', { id, text })).toBe(200),
      { interval: 300, timeout: 5_000 },
    );
  };
  const press = async (who: Who, label: string): Promise<void> => {
    const found = await vi.waitFor(() => {
      const buttons = chats[who].seen.flatMap(({ message }) => buttonsOf(message));
      const last = buttons.findLast((each) => each.label.startsWith(label));
      if (!last) throw new Error(`no button “${label}”`);
      return last;
    });
    count += 1;
    expect(await chats[who].post(bot.url, '/api/press', { id: `b${count}`, action: found.action })).toBe(200);
  };

  it('and whoever is still there finds phone numbers, citizens’ IDs and secret papers refused wherever they type them', async () => {
    const bare = (text: string) =>
      text.normalize('NFKC').replace(/[\s.\u200b-\u200f\u202a-\u202e-]|\\u20[02][0-9a-f]/g, '');
    for (const refused of REFUSED) {
      // No more than a conversation remembers, so that nothing is gone again when it is looked for.
      for (const begin of TYPED) await say('colleague', `${begin}${refused}`);
      for (const begin of LOOKED) await say('coordinator', begin + refused);
      const kept = bare(`${await everything()}${bot.lines.join('\n')}`);
      for (const words of ['0912345678', '84912345678', '079088001234', '12/BCUBND']) {
        const at = kept.indexOf(words);
        expect(at < 0 ? '' : kept.slice(Math.max(0, at - 200), at + 60)).toBe('');
      }
    }
  }, 60_000);

  it('is found nowhere by name, nor by anything they said that is no figure', async () => {
    await say('officer', '60');
    await say('officer', 'xin chào, lời riêng tư của tôi');
    await say('officer', '/toi');
    await press('officer', 'Mở trên thiết bị khác');
    await say('colleague', '/lichsu');
    await say('colleague', `/giao II cho ${NAME}`);
    await say('colleague', `/giao III cho ${NAME.toLowerCase()}`);
    await say('colleague', `/sua II.1 ${NAME.toUpperCase()}`);
    await say('colleague', `/sua II.2 ${NAME.normalize('NFD')}`);
    await say('colleague', '/giao IV cho Ai Đó');
    await say('coordinator', '/nguoi kim');
    await say('coordinator', '/nhac');
    await say('coordinator', '/tiendo');
    await say('coordinator', '/lichsu kim');
    await say('leader', '/baocao');
    const before = await everything();
    expect(before).toContain(NAME);
    expect(before).toContain('lời riêng tư');
    const shown = (who: Who) => chats[who].seen.map(({ message }) => plain(message)).join('\n');
    await vi.waitFor(() => expect(shown('coordinator')).toContain(NAME));
    await vi.waitFor(() => expect(shown('colleague')).toContain(NAME));

    await say('officer', '/toi');
    await press('officer', 'Rời khỏi');
    await press('officer', 'Đồng ý rời khỏi');
    await vi.waitFor(async () => {
      const left = (await everything()).normalize('NFC');
      for (const words of [NAME, 'lời riêng tư']) {
        const at = left.toLowerCase().indexOf(words.toLowerCase());
        expect(at < 0 ? '' : left.slice(Math.max(0, at - 300), at + 100)).toBe('');
      }
    }, 10_000);
    expect((await bot.stop()).code).toBe(0);
    expect((await everything()).normalize('NFC').toLowerCase()).not.toContain(NAME.toLowerCase());
    // What was printed is kept for a year: it must never have had it.
    const printed = bot.lines.join('\n');
    for (const words of [...Object.values(PEOPLE), 'lời riêng tư', 'code-of-the'])
      expect(printed).not.toContain(words);
    // The figure stays.
    expect(await everything()).toContain('answer_set');
  }, 60_000);
});

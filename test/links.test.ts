// Links to a table on our own server: they open one report, for a short time, for one person, and every opening is recorded.
import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../src/codes.ts';
import type { EarlierLink } from '../src/domain/link.ts';
import { createFiles } from '../src/files/files.ts';
import { createLinks, type Links } from '../src/links.ts';
import { createLog } from '../src/log.ts';
import { allTemplates, createWorld, TIMEZONE, type World } from './support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00.000Z',
};
const REPORT = 'k1/u1';
let world: World;
let lan: string;
let links: Links;
let app: Hono;
let now: Date;

beforeEach(async () => {
  world = await createWorld(SETUP);
  lan = await world.join('lan');
  await world.say(lan, '12');
  now = new Date(SETUP.now);
  links = await linksAt('https://bot.example.vn');
  app = new Hono();
  links.routes(app);
});

const linksAt = async (publicUrl?: string): Promise<Links> =>
  createLinks({
    storage: world.storage,
    files: createFiles({ storage: world.storage, templates: await allTemplates(), timezone: TIMEZONE }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    now: () => now,
    log: createLog('silent'),
  });
const make = async (format: 'xlsx' | 'png' = 'xlsx', page?: number): Promise<string> => {
  const link = await links.make({
    file: { report: REPORT },
    conversation: lan,
    format,
    ...(page === undefined ? {} : { page }),
  });
  if (link === undefined) throw new Error('there should be a link');
  return link;
};
const open = (link: string, method = 'GET') => app.request(link, { method });
const downloads = async () =>
  (await world.storage.history(REPORT)).filter(({ change }) => change.type === 'downloaded');
const stored = (link: string) => world.storage.link(sha256(link.split('/')[4] ?? ''));

describe('A link to a table', () => {
  it('opens the spreadsheet, under the name of a file, for nobody to keep', async () => {
    const response = await open(await make());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('spreadsheetml');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="phu-luc[a-z0-9_.-]+\.xlsx"$/i,
    );
    expect(response.headers.get('cache-control')).toContain('no-store');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 2)]).toEqual([0x50, 0x4b]);
  });

  it('holds 128 random bits that are not stored', async () => {
    const [one, other] = [await make(), await make()];
    expect(one.split('/')[4]).toMatch(/^[\w-]{22}$/);
    expect(one).not.toBe(other);
    expect(await stored(one)).toMatchObject({ file: { report: REPORT }, conversation: lan, opened: 0 });
    expect(JSON.stringify(await stored(one))).not.toContain(one.split('/')[4]);
  });

  it('opens a picture by its number, and nothing where there is no such picture', async () => {
    const picture = await open(await make('png', 1));
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect([...new Uint8Array(await picture.arrayBuffer()).slice(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
    expect((await open(await make('png', 99))).status).toBe(503);
  });

  it('is recorded every time it is opened, also when that happens at once', async () => {
    const link = await make();
    await Promise.all([open(link), open(link), open(link)]);
    expect(await stored(link)).toMatchObject({ opened: 3 });
    const found = await downloads();
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({ conversation: lan, change: { report: REPORT } });
    expect(found[0]?.by).toMatch(/^p/);
  });

  it('is not opened by somebody who only asks what it is', async () => {
    const link = await make();
    const response = await open(link, 'HEAD');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(await stored(link)).toMatchObject({ opened: 0 });
  });

  it('is dead after two hours, and says how to get a new one', async () => {
    const link = await make();
    now = new Date(now.getTime() + 2 * 3_600_000 - 1);
    expect((await open(link)).status).toBe(200);
    now = new Date(now.getTime() + 1);
    const response = await open(link);
    expect(response.status).toBe(410);
    expect(await response.text()).toContain('/file');
    expect(await downloads()).toHaveLength(1);
  });

  it('is dead as soon as the person it was made for has left', async () => {
    const link = await make();
    await world.say(lan, '/toi');
    await world.press(lan, 'Rời khỏi');
    await world.press(lan, 'Đồng ý rời khỏi');
    expect((await open(link)).status).not.toBe(200);
    expect(await downloads()).toHaveLength(0);
  });

  it('that was guessed opens nothing and tells nothing', async () => {
    for (const code of ['x', 'A'.repeat(22), '__proto__', '..%2f..', `${'A'.repeat(5000)}`]) {
      const response = await app.request(`https://bot.example.vn/tep/${code}/phu-luc.xlsx`);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('Ngã Năm');
    }
  });

  it('to the table of one who has not begun gives the empty form', async () => {
    const other = await createWorld(SETUP);
    const minh = await other.join('minh');
    world = other;
    links = await linksAt('https://bot.example.vn');
    app = new Hono();
    links.routes(app);
    const link = await links.make({ file: { report: REPORT }, conversation: minh, format: 'xlsx' });
    expect((await open(link ?? '')).status).toBe(200);
    expect(await stored(link ?? '')).toMatchObject({ opened: 1 });
  });

  it('that an earlier release made still opens its report', async () => {
    const code = 'A'.repeat(22);
    const link: EarlierLink = {
      ...{ id: sha256(code), report: REPORT, format: 'xlsx', conversation: lan, opened: 0 },
      ...{ createdAt: SETUP.now, expiresAt: '2022-09-16T03:00:00.000Z' },
    };
    // What was stored is read as it was written then.
    const change = JSON.parse(JSON.stringify({ type: 'link_set', link }));
    await world.storage.commit({
      ...{ event: 'older', at: SETUP.now, by: '', conversation: lan, changes: [change], outgoing: [] },
      expects: { reports: {} },
    });
    expect((await open(`https://bot.example.vn/tep/${code}/phu-luc.xlsx`)).status).toBe(200);
    expect(await world.storage.link(sha256(code))).toMatchObject({ file: { report: REPORT }, opened: 1 });
    expect(await downloads()).toHaveLength(1);
  });

  it('opens the history of a report, under a name that says so, and to its people only', async () => {
    const file = { history: REPORT };
    const link = (await links.make({ file, conversation: lan, format: 'xlsx' })) ?? '';
    expect(link).toMatch(/\/lich-su\.xlsx$/);
    expect((await open(link)).headers.get('content-disposition')).toContain('lich-su_');
    expect(await stored(link)).toMatchObject({ opened: 1 });
    const stranger = (await links.make({ file, conversation: 'test:ai', format: 'xlsx' })) ?? '';
    expect((await open(stranger)).status).toBe(410);
  });

  it('is not made where people cannot reach the server', async () => {
    const local = await linksAt();
    expect(await local.make({ file: { report: REPORT }, conversation: lan, format: 'xlsx' })).toBeUndefined();
  });
});

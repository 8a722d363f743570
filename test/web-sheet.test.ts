// A table is fetched from the web chat of the real program, filled, sent back through its upload, and written after the tap.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterEach, describe, expect, it } from 'vitest';
import { openStorage } from '../storage/open.ts';
import { prepare, type Running, start } from './support/process.ts';
import { type Visitor, visit } from './support/visitor.ts';
import { allTemplates, buttonsOf, plain } from './support/world.ts';

const FORM = 'so-ngoai-vu';
const CODE = 'ngoaivu-code-of-many-letters';

let folder = '';
let bot: Running | undefined;
afterEach(async () => {
  await bot?.kill();
  await rm(folder, { recursive: true, force: true });
});

/** Waits until the page shows words that match, and gives that message. */
async function shown({ seen }: Visitor, words: RegExp) {
  for (let waited = 0; waited < 15_000; waited += 20) {
    const found = seen.findLast(({ message }) => words.test(plain(message)));
    if (found) return found;
    await pause(20);
  }
  throw new Error(`${words} was never said:\n${seen.map(({ message }) => plain(message)).join('\n')}`);
}

/** Every count of the form that the table has, as 1, 2, 3 … from above. */
async function filled(file: Uint8Array, counts: ReadonlySet<string>, column: number): Promise<Uint8Array> {
  const { sheets, properties } = await readXlsx(file);
  let n = 0;
  const rows = (sheets[0]?.rows ?? []).map((row) => {
    const key = String(row.find((cell) => /\.v\d+:/.test(String(cell))) ?? '');
    if (!counts.has(key.split(':')[1] ?? '')) return [...row];
    n += 1;
    return row.map((cell, at) => (at === column ? n : cell));
  });
  return writeXlsx({ sheets: [{ name: sheets[0]?.name ?? '', rows }], ...(properties && { properties }) });
}

describe('A filled table in the web chat', () => {
  it('goes out, comes back through the upload, and is written after the tap', async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitieu-sheet-'));
    const template = (await allTemplates()).find(({ id }) => id === FORM);
    if (!template) throw new Error('no form');
    await prepare(folder, [{ template: FORM, unit: 'Sở Ngoại vụ', period: '2023-Q2', code: CODE }]);
    bot = await start({ DATA_DIR: folder });
    const { url } = bot;
    const page = await visit(url);
    void page.listen(url);
    await page.post(url, '/api/start', { id: 's1', code: CODE });
    await shown(page, /Chỉ tiêu 1\//);
    await page.post(url, '/api/send', { id: 's2', text: '/file' });
    for (let n = 0; n < 500 && !page.seen.some(({ message }) => message.file); n++) await pause(20);
    const withFile = page.seen.find(({ message }) => message.file);
    const given = await page.get(url, `/api/file/${withFile?.seq}`);
    const counts = template.indicators.filter(
      ({ type, table }) => type === 'count' && table === template.tables[0]?.id,
    );
    const column = (template.tables[0]?.columns ?? []).findIndex(({ key }) => key === 'value');
    const ids = new Set(counts.map(({ id }) => id));
    const file = await filled(new Uint8Array(await given.arrayBuffer()), ids, column);
    expect(await page.upload(url, 'u1', 'phu-luc.xlsx', file)).toBe(200);

    const preview = await shown(page, /xem thử, chưa ghi gì/);
    expect(plain(preview.message)).toContain(`${counts.length} mới:`);
    const [write] = buttonsOf(preview.message);
    expect(write?.label).toBe(`Ghi ${counts.length} số liệu`);
    await page.post(url, '/api/press', { id: 's3', action: write?.action });
    await shown(page, new RegExp(`Đã ghi ${counts.length} số liệu`));
    page.close();
    await bot.stop();

    const storage = await openStorage({ dataDir: folder });
    const answers = (await storage.report(`${FORM}/${FORM}`))?.answers ?? {};
    await storage.close();
    expect(counts.map(({ id }) => answers[id]?.value)).toEqual(
      counts.map((_, n) => ({ is: 'number', number: n + 1, decimals: 0 })),
    );
  }, 60_000);
});

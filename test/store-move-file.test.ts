// The file in which a store travels: what was cut, changed, mixed up or is no such file is refused, with the line that shows it.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../src/admin/store.ts';
import { readConfig } from '../src/config.ts';
import { openLowdb } from '../storage/lowdb.ts';
import { digestOf } from '../storage/portable.ts';
import { say, withReport } from './storage.samples.ts';

const root = await mkdtemp(join(tmpdir(), 'chitieu-move-file-'));
const folder = join(root, 'data');
const whole = join(root, 'whole.jsonl');
let lines: readonly string[] = [];

async function run(verb: string, file: string, dataDir = folder) {
  const read = readConfig({ DATA_DIR: dataDir });
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return commands[verb]?.run({ text: {}, flags: new Set(), file }, { config: read.config, now: new Date() });
}

beforeAll(async () => {
  const store = await openLowdb(folder);
  await withReport(store);
  await store.commit(say('e', 'Xin chào'));
  await store.close();
  expect(await run('export', whole)).not.toHaveProperty('faults');
  lines = (await readFile(whole, 'utf8')).trimEnd().split('\n');
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** What is said of a file with this in it, by check and by import, which must not have made anything. */
async function saidOf(content: string): Promise<string> {
  const file = join(root, 'file.jsonl');
  await writeFile(file, content);
  const checked = await run('check', file);
  const target = join(root, 'target');
  expect(await run('import', file, target)).toEqual(checked);
  await expect(stat(target)).rejects.toThrow('ENOENT');
  if (!checked || !('faults' in checked)) throw new Error('it was taken for a whole file');
  expect(checked.faults).toHaveLength(1);
  return checked.faults[0]?.slice(file.length) ?? '';
}
const text = (all: readonly string[]): string => `${all.join('\n')}\n`;

it('one line per thing, the first says what it is, the last counts, and nobody else on the machine may read it', async () => {
  expect((await stat(whole)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ format: 'chitieu-bot store', version: 2 });
  const kinds = lines.slice(1, -1).map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect(kinds).toEqual([
    ...['units', 'people', 'campaigns', 'reports', 'history', 'history', 'recent', 'talks'],
  ]);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    end: { history: { count: 2 }, links: { count: 0 } },
  });
  expect(await run('check', whole)).not.toHaveProperty('faults');
});

it('cut anywhere, it is refused with the line at which it stops', async () => {
  const all = text(lines);
  for (const [n, line] of lines.entries()) {
    const end = all.indexOf(line) + line.length;
    // After a whole line, within the next, and before the line break at the very end.
    for (const at of [end + 1, end + 9])
      if (at < all.length) expect(await saidOf(all.slice(0, at))).toMatch(`:${n + 2} – tệp bị cụt`);
  }
  expect(await saidOf(all.slice(0, -1))).toMatch(`:${lines.length} – tệp bị cụt`);
});

it('with one figure or letter changed, it is refused with that line', async () => {
  for (const [n, line] of lines.entries()) {
    if (n === 0 || n === lines.length - 1) continue;
    const changed = line.replace(/"id":"(.)/, '"id":"$1x').replace(/"nextSeq":\d+/, '"nextSeq":99');
    expect(changed).not.toBe(line);
    expect(await saidOf(text(lines.with(n, changed)))).toMatch(`:${n + 1} – dòng này bị hỏng`);
  }
});

it('in another order of keys it is the same file', async () => {
  const turned = lines.map((line) =>
    JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line) as object).reverse())),
  );
  const file = join(root, 'turned.jsonl');
  await writeFile(file, text(turned));
  expect(await run('check', file)).toMatchObject({ json: { kinds: JSON.parse(lines.at(-1) ?? '').end } });
});

it('with a line missing, twice, out of place or behind the end, it is refused', async () => {
  const last = `:${lines.length - 1} – thiếu hoặc thừa dòng`;
  expect(await saidOf(text(lines.toSpliced(2, 1)))).toMatch(`${last} (người dùng/people)`);
  expect(await saidOf(text(lines.toSpliced(2, 0, lines[2] ?? '')))).toMatch(
    `:${lines.length + 1} – thiếu hoặc thừa`,
  );
  // The history of a report without the report.
  expect(await saidOf(text(lines.toSpliced(4, 1)))).toMatch(':5 – dòng này không đứng đúng chỗ');
  expect(await saidOf(text(lines.toSpliced(1, 1).toSpliced(3, 0, lines[1] ?? '')))).toMatch(
    ':4 – dòng này không',
  );
  expect(await saidOf(text([...lines, lines[1] ?? '']))).toMatch(`:${lines.length + 1} – còn dữ liệu`);
  const stranger = { kind: 'secrets', sha256: digestOf({}), item: {} };
  expect(await saidOf(text(lines.toSpliced(1, 0, JSON.stringify(stranger))))).toMatch(
    ':2 – dòng này bị hỏng',
  );
});

it('what is no such file, or of a newer release, is refused', async () => {
  for (const foreign of [
    '',
    '\n',
    'null\n',
    '{"format":"other","version":1}\n',
    'PK\u0003\u0004'.repeat(99_999),
  ])
    expect(await saidOf(foreign)).toMatch(':1 – không phải tệp');
  const newer = lines.with(0, '{"format":"chitieu-bot store","version":3}');
  expect(await saidOf(text(newer))).toMatch(':1 – do phiên bản bot mới hơn');
});

it('is never written over another file, and a file that is not there is said to be so', async () => {
  const before = await readFile(whole);
  expect(await run('export', whole)).toEqual({ faults: [expect.stringContaining('EEXIST')] });
  expect(await readFile(whole)).toEqual(before);
  expect(await run('check', join(root, 'none'))).toEqual({ faults: [expect.stringContaining('ENOENT')] });
  expect(await run('check', root)).toEqual({ faults: [expect.stringContaining('EISDIR')] });
  expect(await run('export', join(root, 'x.jsonl'), join(root, 'no-data'))).toEqual({
    faults: [expect.stringContaining('Chưa có thư mục dữ liệu')],
  });
});

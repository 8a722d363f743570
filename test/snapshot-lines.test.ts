// The readable snapshot is read line by line, however it is cut, and a file that somebody laid out anew is read all the same.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openLowdb } from '../storage/lowdb.ts';
import { createSnapshotLines } from '../storage/snapshot-lines.ts';
import { LAN, say, set, withReport } from './storage.samples.ts';

const root = await mkdtemp(join(tmpdir(), 'chitieu-lines-'));
afterAll(() => rm(root, { recursive: true, force: true }));

/** Adds the bytes in pieces of these sizes, again and again. */
function read(text: string, sizes: readonly number[]) {
  const lines = createSnapshotLines();
  const bytes = Buffer.from(text);
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    // The same buffer is filled anew, as when a file is read.
    const piece = Buffer.from(bytes.subarray(at, at + size));
    lines.add(piece);
    piece.fill(0);
    at += size;
  }
  return lines.end();
}

describe('The lines of a snapshot', () => {
  const things = fc.array(fc.record({ id: fc.string({ unit: 'grapheme' }), n: fc.integer() }), {
    maxLength: 4,
  });
  const laidOut = (first: unknown, list: readonly unknown[], last: unknown): string => {
    const items = list.length === 0 ? '[]' : `[\n${list.map((each) => JSON.stringify(each)).join(',\n')}\n]`;
    return `{\n"first": ${JSON.stringify(first)},\n"list": ${items},\n"last": ${JSON.stringify(last)}\n}\n`;
  };

  it('are the same document wherever the file is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.integer(), fc.constant('"x": ['), fc.constant('],')),
        things,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        (first, list, sizes) => {
          const text = laidOut(first, list, list);
          expect(read(text, sizes)).toEqual({ content: JSON.parse(text) });
        },
      ),
    );
  });

  it('that stop or go on where they should not are no document, and the line is named', () => {
    const text = laidOut('ấ', [{ id: 1 }, { id: 2 }], 3);
    for (let at = 1; at < text.length - 2; at++) expect(read(text.slice(0, at), [7])).toHaveProperty('line');
    expect(read(`${text}{}\n`, [7])).toMatchObject({ line: 9 });
    expect(read(text.replace('{"id":2}', '{"id":2'), [7])).toMatchObject({ line: 5 });
  });
});

it('a snapshot that somebody laid out anew opens, with every word in it, once its checksum is taken away', async () => {
  const folder = join(root, 'data');
  const store = await openLowdb(folder);
  const report = await withReport(store);
  const changes = [set(report, 'a', 5)];
  await store.commit(say('e1', 'Đã ghi số liệu', { changes, expects: { reports: { [report]: 1 } } }));
  await store.close();
  const path = join(folder, 'state.json');
  const { crc: _, ...content } = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify(content, null, 2));
  const again = await openLowdb(folder);
  expect(await again.report(report)).toMatchObject({ answers: { a: {} } });
  expect((await again.transcript(LAN, 0, 5)).at(-1)?.message.text).toEqual(['Đã ghi số liệu']);
  expect((await again.recent('nga-nam'))[0]).toBe((await again.history(report)).at(-1));
  await again.close();
});

// The file store across restarts, crashes and damage: what was acknowledged is there, and damage is never taken for an empty start.
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../storage/errors.ts';
import { openLowdb } from '../storage/lowdb.ts';
import type { Storage } from '../storage/storage.ts';
import { LAN, say, set, turn, withReport } from './storage.samples.ts';

const REPORT = '2026-Q3/nga-nam';
const root = await mkdtemp(join(tmpdir(), 'chitieu-lowdb-'));
let folder = '';
let copies = 0;
beforeEach(() => {
  copies += 1;
  folder = join(root, `data-${copies}`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A report, answers in 5 turns (journal lines 3 to 7), messages in every state. */
async function fill(store: Storage): Promise<void> {
  await withReport(store);
  for (let n = 1; n <= 5; n += 1) await answer(store, n);
  await store.markSent('e1:0', { outcome: 'sent', platform: 'p1' });
  await store.markSent('e2:0', { outcome: 'retry', why: 'mạng' });
}

const answer = (store: Storage, n: number): Promise<string> =>
  store.commit(
    say(`e${n}`, '', {
      changes: [set(REPORT, `a${n}`, n)],
      outgoing: [{ conversation: LAN, message: { text: [`Đã ghi ${n}`], key: `q${n}` } }],
      expects: { reports: { [REPORT]: n } },
    }),
  );

/** Everything that can be asked of a store. */
async function photo(store: Storage): Promise<unknown> {
  return {
    loaded: await store.load({ conversation: LAN, event: 'e5' }),
    unsent: await store.unsent(),
    transcript: await store.transcript(LAN, 0, 60),
    sentAs: await store.sentAs(LAN, 'q1'),
    history: await store.history(REPORT),
    reports: await store.reports('2026-Q3'),
    rest: [await store.campaigns(), await store.units(), await store.people(), await store.sessions()],
  };
}

/** The folder as a crash would leave it now: a copy, without the lock of this living process. */
async function crash(): Promise<string> {
  copies += 1;
  const copy = join(root, `crash-${copies}`);
  await cp(folder, copy, { recursive: true });
  await rm(join(copy, 'lock'), { force: true });
  return copy;
}

const journal = (of: string, number = 1): string =>
  join(of, `journal-${String(number).padStart(6, '0')}.log`);

/** A folder as a crash leaves it after `fill`, everything still in the journal. */
async function crashed(): Promise<string> {
  const store = await openLowdb(folder);
  await fill(store);
  await pause(60);
  const copy = await crash();
  await store.close();
  return copy;
}

async function failure(of: string): Promise<string> {
  const error = await openLowdb(of).then(
    (store) => store.close().then(() => undefined),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StorageError);
  return (error as StorageError).message;
}

async function contents(of: string): Promise<Record<string, string>> {
  const names = await readdir(of);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(of, name), 'utf8')])),
  );
}

describe('after a restart', () => {
  it('everything is there again after an orderly stop, and the folder holds one snapshot and one empty journal', async () => {
    const first = await openLowdb(folder);
    await fill(first);
    const before = await photo(first);
    await first.close();
    expect((await readdir(folder)).sort()).toEqual(['journal-000002.log', 'state.json']);
    expect((await readFile(journal(folder, 2), 'utf8')).split('\n')).toHaveLength(2);
    const second = await openLowdb(folder);
    expect(await photo(second)).toEqual(before);
    expect(await answer(second, 5)).toBe('duplicate');
    expect(await answer(second, 6)).toBe('done');
    await second.close();
  });

  it('everything is there again after a crash, also what was sent a moment before', async () => {
    const first = await openLowdb(folder);
    await fill(first);
    await pause(60);
    const copy = await crash();
    const before = await photo(first);
    await first.close();
    const second = await openLowdb(copy);
    expect(await photo(second)).toEqual(before);
    expect((await second.unsent()).find(({ id }) => id === 'e2:0')?.attempts).toBe(1);
    await second.close();
  });

  it('what became of a message is durable with the next turn at the latest', async () => {
    const store = await openLowdb(folder);
    await store.commit(say('e1', 'một'));
    await store.markSent('e1:0', { outcome: 'sent' });
    await store.commit(turn('e2'));
    const second = await openLowdb(await crash());
    expect(await second.unsent()).toEqual([]);
    await second.close();
    await store.close();
  });

  it('the snapshot is JSON that a person can read, one thing per line', async () => {
    const store = await openLowdb(folder);
    await fill(store);
    await store.close();
    const text = await readFile(join(folder, 'state.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ format: 'chitieu-bot data', version: 2, journal: 2 });
    expect(text.split('\n').find((line) => line.startsWith('{"id":"nga-nam"'))).toBe(
      '{"id":"nga-nam","name":"Phường nga-nam","kind":"phường"}',
    );
  });

  it('a closed store takes no more turns', async () => {
    const store = await openLowdb(folder);
    const last = store.commit(turn('e1'));
    await store.close();
    await store.close();
    expect(await last).toBe('done');
    await expect(store.commit(turn('e2'))).rejects.toThrow('closed');
    await expect(store.markSent('e1:0', { outcome: 'sent' })).rejects.toThrow('closed');
  });
});

describe('snapshots', () => {
  it('are taken while turns go on, and old journals go away', async () => {
    const store = await openLowdb(folder, { snapshotEvery: 10 });
    await withReport(store);
    for (let n = 1; n <= 100; n += 1) expect(await answer(store, n)).toBe('done');
    const before = await photo(store);
    const journals = async () => (await readdir(folder)).filter((name) => name.startsWith('journal'));
    await expect.poll(journals).toHaveLength(1);
    const copy = await crash();
    const second = await openLowdb(copy);
    expect(await photo(second)).toEqual(before);
    const numbers = (await readdir(copy))
      .flatMap((name) => /^journal-0*(\d+)/.exec(name)?.[1] ?? [])
      .map(Number);
    expect(numbers.length).toBeLessThanOrEqual(2);
    expect(Math.max(...numbers)).toBeGreaterThan(3);
    await second.close();
    await store.close();
  });

  it('a crash at any step between the new journal, the snapshot and the end of the old journal loses nothing', async () => {
    const before = await crashed();
    const after = folder;
    const whole = await openLowdb(before).then(async (store) => {
      const seen = await photo(store);
      const copy = join(root, 'replayed');
      await cp(before, copy, { recursive: true });
      await store.close();
      await rm(before, { recursive: true });
      await rm(join(copy, 'lock'));
      await cp(copy, before, { recursive: true });
      return seen;
    });
    const steps: Record<string, (at: string) => Promise<unknown>> = {
      'new journal empty': (at) => writeFile(journal(at, 2), ''),
      'new journal torn': (at) => writeFile(journal(at, 2), '0123'),
      'new journal made': (at) => cp(journal(after, 2), journal(at, 2)),
      'snapshot half written': async (at) => {
        await cp(journal(after, 2), journal(at, 2));
        await writeFile(join(at, 'state.json.tmp'), '{"format":');
      },
      'snapshot there, old journal too': async (at) => {
        await cp(journal(after, 2), journal(at, 2));
        await cp(join(after, 'state.json'), join(at, 'state.json'));
      },
    };
    for (const [step, take] of Object.entries(steps)) {
      const at = join(root, `step ${step}`);
      await cp(before, at, { recursive: true });
      await take(at);
      const store = await openLowdb(at);
      expect(await photo(store), step).toEqual(whole);
      expect(await answer(store, 6), step).toBe('done');
      await store.close();
      const again = await openLowdb(at);
      expect(await again.history(REPORT), step).toHaveLength(7);
      await again.close();
      expect(
        (await readdir(at)).filter((name) => name.startsWith('journal')),
        step,
      ).toHaveLength(1);
    }
  });

  it('a snapshot that cannot be written loses nothing and stops nothing', async () => {
    const store = await openLowdb(folder, { snapshotEvery: 3 });
    await mkdir(join(folder, 'state.json.tmp'));
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    await fill(store);
    expect((await warned).message).toContain('state.json');
    expect(await answer(store, 6)).toBe('done');
    const before = await photo(store);
    await expect(store.close()).rejects.toThrow('state.json');
    await rm(join(folder, 'state.json.tmp'), { recursive: true });
    const second = await openLowdb(folder);
    expect(await photo(second)).toEqual(before);
    await second.close();
  });
});

describe('a torn end', () => {
  it('wherever a crash cut the journal, the whole turns before the cut are there and the store goes on', async () => {
    const copy = await crashed();
    const text = await readFile(journal(copy), 'utf8');
    const size = Buffer.byteLength(text);
    const header = text.indexOf('\n') + 1;
    for (let cut = header; cut < size; cut += 97) {
      const at = join(root, 'cut');
      await rm(at, { recursive: true, force: true });
      await cp(copy, at, { recursive: true });
      await truncate(journal(at), cut);
      const store = await openLowdb(at);
      const kept = Buffer.from(text).subarray(0, cut).toString('utf8').split('\n').slice(1, -1);
      const turns = kept.filter((line) => line.includes('{"turn"')).length;
      const history = await store.history(REPORT);
      expect(history).toHaveLength(turns);
      expect((await store.report(REPORT))?.rev ?? 0).toBe(turns);
      expect(await store.commit(turn('after'))).toBe('done');
      await store.close();
      const again = await openLowdb(at);
      expect((await again.load({ conversation: LAN, event: 'after' })).handled).toBe(true);
      await again.close();
    }
  });

  it('a last line with a newline whose checksum is wrong is left out too', async () => {
    const copy = await crashed();
    const { size } = await stat(journal(copy));
    await appendFile(journal(copy), '00000000 {"turn":{}}\n');
    const store = await openLowdb(copy);
    expect((await stat(journal(copy))).size).toBe(size);
    expect(await answer(store, 6)).toBe('done');
    await store.close();
  });
});

describe('damage', () => {
  const withHeader = (number: number, version: number): string => {
    const header = JSON.stringify({ format: 'chitieu-bot journal', version, number });
    return `${crc32(header).toString(16).padStart(8, '0')} ${header}\n`;
  };
  const editSnapshot = async (
    of: string,
    change: (saved: Record<string, unknown>) => unknown,
  ): Promise<void> => {
    const path = join(of, 'state.json');
    const { crc: _, ...saved } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    await writeFile(path, JSON.stringify(change(saved)));
  };
  const editLine = async (of: string, line: number, change: (text: string) => string): Promise<void> => {
    const lines = (await readFile(journal(of), 'utf8')).split('\n');
    lines[line - 1] = change(lines[line - 1] ?? '');
    await writeFile(journal(of), lines.join('\n'));
  };
  const addLine = (of: string, text: string): Promise<void> =>
    appendFile(journal(of), `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`);
  const journalIn = 'journal-000001.log';

  it.each<[string, (at: string) => Promise<unknown>, string[]]>([
    [
      'a line in the middle was changed',
      (at) => editLine(at, 4, (text) => text.replace('a2', 'a3')),
      [journalIn, 'line 4'],
    ],
    [
      'a line in the middle is cut',
      (at) => editLine(at, 3, (text) => text.slice(0, 40)),
      [journalIn, 'line 3'],
    ],
    ['a line in the middle is missing', (at) => editLine(at, 2, () => ''), [journalIn, 'line 2']],
    [
      'a turn does not fit what came before',
      async (at) => {
        const lines = (await readFile(journal(at), 'utf8')).split('\n');
        await writeFile(journal(at), lines.toSpliced(1, 1).join('\n'));
      },
      [journalIn, 'line 2'],
    ],
    [
      'the header was changed',
      (at) => editLine(at, 1, (text) => text.replace('journal', 'diary')),
      [journalIn, 'line 1'],
    ],
    ['the journal is empty', (at) => truncate(journal(at), 0), [journalIn, 'line 1']],
    ['the journal is cut in its header', (at) => truncate(journal(at), 20), [journalIn, 'line 1']],
    [
      'the journal has another number',
      (at) => editLine(at, 1, () => withHeader(3, 1).trim()),
      [journalIn, 'line 1'],
    ],
    ['the journal is missing', (at) => rm(journal(at)), [journalIn, 'missing', '"journal" to 0']],
    [
      'a journal in between is missing',
      (at) => writeFile(journal(at, 3), withHeader(3, 1)),
      ['journal-000002.log', 'missing'],
    ],
    [
      'an older journal has a torn end',
      async (at) => {
        await writeFile(journal(at, 2), withHeader(2, 1));
        await truncate(journal(at), (await stat(journal(at))).size - 5);
      },
      [journalIn, 'line'],
    ],
    [
      'the journal is of a newer release',
      (at) => editLine(at, 1, () => withHeader(1, 3).trim()),
      [journalIn, 'version 3'],
    ],
    [
      'a whole line of the journal holds a change that only a newer release knows',
      (at) =>
        addLine(at, JSON.stringify({ turn: { ...turn('x'), changes: [{ type: 'dreamt', report: 'r' }] } })),
      [journalIn, 'line', '"dreamt"', 'newer release'],
    ],
    ['the snapshot is empty', (at) => writeFile(join(at, 'state.json'), ''), ['state.json', 'empty']],
    ['the snapshot is blank', (at) => writeFile(join(at, 'state.json'), '\0\0\0'), ['state.json', 'cut off']],
    ['the snapshot is cut', async (at) => truncate(join(at, 'state.json'), 100), ['state.json', 'cut off']],
    [
      'a figure in the snapshot was changed',
      async (at) => {
        const text = await readFile(join(at, 'state.json'), 'utf8');
        await writeFile(join(at, 'state.json'), text.replace('"journal": 1', '"journal": 2'));
      },
      ['state.json', 'checksum', 'remove the line'],
    ],
    [
      'the snapshot is null',
      (at) => writeFile(join(at, 'state.json'), 'null'),
      ['state.json', 'not a data file'],
    ],
    [
      'the snapshot is another file',
      (at) => writeFile(join(at, 'state.json'), '{"a":1}'),
      ['state.json', 'not a data file'],
    ],
    [
      'the snapshot lacks its people',
      (at) => editSnapshot(at, ({ people: _, ...rest }) => rest),
      ['state.json', '"people"'],
    ],
    [
      'the snapshot is of a newer release',
      (at) => editSnapshot(at, (saved) => ({ ...saved, version: 3 })),
      ['state.json', 'version 3'],
    ],
    ['the snapshot is missing', (at) => rm(join(at, 'state.json')), ['state.json', 'missing']],
  ])(
    '%s: the start stops, names the file, says what to do in two languages, and changes nothing',
    async (_, damage, words) => {
      const copy = await crashed();
      await damage(copy);
      const before = await contents(copy);
      const message = await failure(copy);
      for (const word of words) expect(message).toContain(word);
      expect(message).toMatch(/restore|Install the newer/);
      expect(message).toContain('anh/chị');
      expect(await contents(copy)).toEqual(before);
    },
  );

  it('without the journal one can go on from the snapshot, by saying so in it', async () => {
    const store = await openLowdb(folder);
    await fill(store);
    await store.close();
    await rm(journal(folder, 2));
    expect(await failure(folder)).toContain('journal-000002.log');
    await editSnapshot(folder, (saved) => ({ ...saved, journal: 0 }));
    const second = await openLowdb(folder);
    expect(await answer(second, 6)).toBe('done');
    const third = await openLowdb(await crash());
    expect(await third.history(REPORT)).toHaveLength(7);
    await third.close();
    await second.close();
  });

  it('a folder that cannot be made or written is named', async () => {
    await writeFile(join(root, 'a-file'), '');
    const below = join(root, 'a-file', 'data');
    const message = await failure(below);
    expect(message).toContain(below);
    expect(message).toContain('DATA_DIR');
    expect(await failure(join(root, 'a-file'))).toContain('DATA_DIR');
  });
});

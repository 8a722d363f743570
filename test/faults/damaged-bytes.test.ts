// Any byte of a data folder changed, any file cut anywhere: what was acknowledged before it is there, or the start is refused with the place.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StorageError } from '../../storage/errors.ts';
import { openLowdb } from '../../storage/lowdb.ts';
import type { Storage } from '../../storage/storage.ts';
import { LAN, say, session, set, turn, withReport } from '../storage.samples.ts';
import { seeded } from '../support/officer.ts';
import { freePort, prepare, runToEnd, start } from '../support/process.ts';
import { visit } from '../support/visitor.ts';

const REPORT = '2026-Q3/nga-nam';
/** So many bytes are changed, and so many cuts made, of each file; FLIPS asks for more. */
const FLIPS = Number(process.env.FLIPS ?? 250);
const TURNS = 6;
const SNAPSHOT = 'state.json';
const JOURNAL = 'journal-000002.log';

const root = await mkdtemp(join(tmpdir(), 'chitieu-bytes-'));
/** The files as a kill left them: a snapshot with the first turns, a journal with the others. */
let left = new Map<string, Buffer>();
/** What the store says after the snapshot and n turns of the journal. */
const photos: string[] = [];

const photo = async (store: Storage): Promise<string> =>
  JSON.stringify([
    await store.report(REPORT),
    await store.history(REPORT),
    await store.people(),
    await store.session(LAN),
    await store.transcript(LAN, 0, 60),
    await store.campaigns(),
    await store.units(),
  ]);

async function answer(store: Storage, n: number): Promise<void> {
  const rev = (await store.report(REPORT))?.rev ?? 0;
  const next = say(`e${n}`, `câu ${n}`, {
    changes: [set(REPORT, `a${n}`, n * 11, `e${n}`)],
    session: session(LAN, { person: 'lan' }),
    expects: { reports: { [REPORT]: rev } },
  });
  expect(await store.commit(next)).toBe('done');
}

beforeAll(async () => {
  const handle = await open(root, 'r');
  const files = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  for (const sync of ['sync', 'datasync'] as const) vi.spyOn(files, sync).mockResolvedValue(undefined);
  const folder = join(root, 'whole');
  const first = await openLowdb(folder);
  await withReport(first);
  for (let n = 1; n <= 3; n += 1) await answer(first, n);
  await first.close();
  const second = await openLowdb(folder);
  photos.push(await photo(second));
  for (let n = 4; n < 4 + TURNS; n += 1) {
    await answer(second, n);
    photos.push(await photo(second));
  }
  left = new Map(
    readdirSync(folder)
      .filter((name) => name !== 'lock')
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
  await second.close();
  expect([...left.keys()].sort()).toEqual([JOURNAL, SNAPSHOT]);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});

let made = 0;
/** A folder as it was left, with one file changed. */
function folderWith(name: string, bytes: Uint8Array): string {
  made += 1;
  const folder = join(root, `changed-${made}`);
  mkdirSync(folder);
  for (const [each, content] of left) writeFileSync(join(folder, each), each === name ? bytes : content);
  return folder;
}

const contentOf = (name: string): Buffer => left.get(name) ?? Buffer.alloc(0);
/** The line in which a byte stands, from 1. */
const lineAt = (bytes: Buffer, at: number): number =>
  bytes.subarray(0, at).toString('latin1').split('\n').length;

/** What became of the start: what the store says, or why it was refused. After that another turn is taken and survives. */
async function startOver(folder: string): Promise<{ photo: string } | { refused: StorageError }> {
  const before = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  try {
    const store = await openLowdb(folder);
    const seen = await photo(store);
    expect(await store.commit(turn('one more'))).toBe('done');
    await store.close();
    const again = await openLowdb(folder);
    expect((await again.load({ conversation: LAN, event: 'one more' })).handled).toBe(true);
    await again.close();
    return { photo: seen };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))).toEqual(before);
    return { refused: error };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function expectRefusal(refused: StorageError, name: string): void {
  expect(refused.message).toContain(name);
  expect(refused.message).toMatch(/restore|Install the newer/);
  expect(refused.message).toContain('anh/chị');
}

describe('A byte that changed by itself', () => {
  it('in the journal is named with its line, or stood in the last line, before which everything is there', async () => {
    const random = seeded(71);
    const whole = contentOf(JOURNAL);
    let refusals = 0;
    for (let n = 0; n < FLIPS; n += 1) {
      const at = Math.floor(random() * whole.length);
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      const line = lineAt(whole, at);
      const ended = await startOver(folderWith(JOURNAL, bytes));
      if ('refused' in ended) {
        refusals += 1;
        expectRefusal(ended.refused, JOURNAL);
        expect(Number(/line (\d+)/.exec(ended.refused.message)?.[1]), `byte ${at}`).toBe(line);
      } else {
        // A header and TURNS lines: only the last one may be taken for torn, be it that it lost the line break before it.
        const isLast = line === TURNS + 1 || (line === TURNS && whole[at] === 0x0a);
        expect([isLast, ended.photo], `byte ${at}`).toEqual([true, photos[line - 2]]);
      }
    }
    expect(refusals).toBeGreaterThan(FLIPS / 2);
  }, 60_000);

  it('in the snapshot is never taken for a figure', async () => {
    const random = seeded(72);
    const whole = contentOf(SNAPSHOT);
    for (let n = 0; n < FLIPS; n += 1) {
      const at = Math.floor(random() * whole.length);
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      const ended = await startOver(folderWith(SNAPSHOT, bytes));
      if ('refused' in ended) expectRefusal(ended.refused, SNAPSHOT);
      // Only the name of the checksum itself may change without a word: then there is none.
      else expect([at > whole.length - 24, ended.photo], `byte ${at}`).toEqual([true, photos[TURNS]]);
    }
  }, 60_000);

  it('at the end of the header of a journal that no snapshot names yet is named, and no turn after it is lost', async () => {
    const folder = folderWith(SNAPSHOT, contentOf(SNAPSHOT));
    const beside = join(folder, 'state.json.tmp');
    mkdirSync(beside);
    vi.spyOn(process, 'emitWarning').mockReturnValue();
    const store = await openLowdb(folder, { snapshotEvery: 1 });
    expect(await store.commit(turn('one'))).toBe('done');
    const next = join(folder, 'journal-000003.log');
    await vi.waitFor(() => expect(readdirSync(folder)).toContain('journal-000003.log'));
    expect(await store.commit(turn('two'))).toBe('done');
    const copy = `${folder}-copy`;
    mkdirSync(copy);
    for (const name of [SNAPSHOT, JOURNAL]) writeFileSync(join(copy, name), readFileSync(join(folder, name)));
    const bytes = readFileSync(next);
    bytes[bytes.indexOf(0x0a)] = 0x2a;
    writeFileSync(join(copy, 'journal-000003.log'), bytes);
    rmSync(beside, { recursive: true });
    await store.close();
    const ended = await startOver(copy);
    if (!('refused' in ended)) throw new Error('it was taken for a journal in the making');
    expectRefusal(ended.refused, 'journal-000003.log');
    expect(ended.refused.message).toContain('line 1');
  });
});

describe('A file that was cut', () => {
  it('leaves the whole turns before the cut of a journal, and nothing half', async () => {
    const random = seeded(73);
    const whole = contentOf(JOURNAL);
    for (let n = 0; n < FLIPS; n += 1) {
      const size = Math.floor(random() * whole.length);
      const ended = await startOver(folderWith(JOURNAL, whole.subarray(0, size)));
      const lines = lineAt(whole, size) - 1;
      if ('refused' in ended) {
        expectRefusal(ended.refused, JOURNAL);
        expect([lines, ended.refused.message], `size ${size}`).toEqual([
          0,
          expect.stringContaining('line 1'),
        ]);
      } else expect(ended.photo, `size ${size}`).toBe(photos[lines - 1]);
    }
  }, 60_000);

  it('stops the start when it is the snapshot, wherever it was cut', async () => {
    const random = seeded(74);
    const whole = contentOf(SNAPSHOT);
    for (let n = 0; n < FLIPS; n += 1) {
      const size = Math.floor(random() * whole.length);
      const ended = await startOver(folderWith(SNAPSHOT, whole.subarray(0, size)));
      if (!('refused' in ended)) throw new Error(`cut at ${size} of ${whole.length} it was taken for whole`);
      expectRefusal(ended.refused, SNAPSHOT);
    }
  }, 60_000);
});

describe('The real program', () => {
  const FORM = 'ubnd-thi-xa-nga-nam';
  const CODE = 'code-of-more-than-22-letters';
  const notesIn = async (folder: string): Promise<unknown[]> => {
    const store = await openLowdb(folder);
    const history = await store.history(`${FORM}/${FORM}`);
    await store.close();
    return history.flatMap(({ change }) => (change.type === 'answer_set' ? [change.answer.note] : []));
  };

  /** A folder as a kill after three notes left it. */
  async function killed(name: string): Promise<string> {
    const folder = join(root, name);
    await prepare(folder, [{ template: FORM, unit: 'UBND xã 1', period: '2026-Q1', code: CODE }]);
    const bot = await start({ DATA_DIR: folder });
    const officer = await visit(bot.url);
    await officer.post(bot.url, '/api/start', { id: 'join', code: CODE });
    for (const n of [1, 2, 3])
      expect(await officer.post(bot.url, '/api/send', { id: `n${n}`, text: `/ghichu lần ${n}` })).toBe(200);
    await bot.kill();
    return folder;
  }
  const journalOf = (folder: string): string =>
    join(folder, readdirSync(folder).findLast((name) => name.startsWith('journal-')) ?? '');

  it.each([
    [
      'a torn last line',
      (folder: string) => writeFileSync(journalOf(folder), '0123abcd {"turn":{"ev', { flag: 'a' }),
    ],
    [
      'a last line of zeros',
      (folder: string) => writeFileSync(journalOf(folder), Buffer.alloc(700), { flag: 'a' }),
    ],
    [
      'half a snapshot beside',
      (folder: string) => writeFileSync(join(folder, 'state.json.tmp'), '{"format":'),
    ],
    ['half a lock', (folder: string) => writeFileSync(join(folder, 'lock'), '{"pid":12')],
    ['an empty lock', (folder: string) => writeFileSync(join(folder, 'lock'), '')],
  ])(
    'starts with %s, and everything acknowledged is there',
    async (what, damage) => {
      const folder = await killed(what.replaceAll(' ', '-'));
      damage(folder);
      const bot = await start({ DATA_DIR: folder });
      const { code } = await bot.stop();
      expect(code, bot.lines.join('\n')).toBe(0);
      expect(await notesIn(folder)).toEqual(['lần 1', 'lần 2', 'lần 3']);
    },
    60_000,
  );

  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'a changed figure in the snapshot',
      (folder) => {
        const path = join(folder, SNAPSHOT);
        writeFileSync(path, readFileSync(path, 'utf8').replace('"year":2026', '"year":2027'));
      },
      /state\.json was changed since it was written.*Keep a copy.*restore.*khôi phục từ bản sao lưu/,
    ],
    [
      'a changed figure in the journal',
      (folder) => {
        const text = readFileSync(journalOf(folder), 'utf8');
        writeFileSync(journalOf(folder), text.replace('lần 1', 'lần 7'));
      },
      /journal-\d+\.log is damaged in line \d+.*Keep a copy.*restore.*khôi phục từ bản sao lưu/,
    ],
    [
      'a folder in place of the lock',
      (folder) => {
        rmSync(join(folder, 'lock'));
        mkdirSync(join(folder, 'lock'));
      },
      /Cannot write .*lock: .*Check DATA_DIR.*Không ghi được dữ liệu/,
    ],
  ])(
    'for %s ends with code 1 and one sentence',
    async (what, damage, sentence) => {
      const folder = await killed(what.replaceAll(' ', '-'));
      damage(folder);
      const { code, lines } = await runToEnd({ DATA_DIR: folder, PORT: String(await freePort()) });
      expect([code, lines.length], lines.join('\n')).toEqual([1, 1]);
      expect(lines[0]).toMatch(sentence);
    },
    60_000,
  );
});

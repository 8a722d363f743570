// People from the command line: who has joined, and taking somebody out.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../src/admin/people.ts';
import { type Config, readConfig } from '../src/config.ts';
import type { Person } from '../src/domain/people.ts';
import { openStorage } from '../storage/open.ts';
import type { Storage } from '../storage/storage.ts';

const NOW = new Date('2022-09-01T03:00:00.000Z');
const LAN: Person = {
  ...{ id: 'lan', name: 'Lan', unit: 'x1', role: 'officer', joinedAt: '2022-08-01T03:00:00.000Z' },
  ...{ conversations: ['zalo-oa:1', 'telegram:2'], unreachable: ['telegram:2'], phone: '84912345678' },
};
let dataDir: string;

async function stored<T>(use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openStorage({ dataDir });
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'chitieu-people-'));
  await stored((storage) =>
    storage.commit({
      ...{ event: 'setup', at: NOW.toISOString(), by: '', conversation: 'test:1', outgoing: [] },
      changes: [
        { type: 'unit_set', unit: { id: 'x1', name: 'UBND xã Một', kind: 'xã' } },
        { type: 'unit_set', unit: { id: 'x2', name: 'UBND xã Hai', kind: 'xã' } },
        { type: 'person_set', person: LAN },
      ],
      expects: { reports: {} },
    }),
  );
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

function settings(): Config {
  const read = readConfig({ DATA_DIR: dataDir });
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read.config;
}

const run = (verb: 'list' | 'remove', text: Record<string, string>) =>
  commands[verb]?.run({ text, flags: new Set(), file: '' }, { config: settings(), now: NOW });

describe('People on the command line', () => {
  it('are listed by unit with role and channels, without phone numbers', async () => {
    const listed = await run('list', {});
    expect(JSON.stringify(listed)).toContain('UBND xã Một (x1)');
    expect(JSON.stringify(listed)).toContain('Zalo, Telegram (không liên lạc được)');
    expect(JSON.stringify(listed)).not.toContain('84912345678');
    expect(await run('list', { unit: 'x2' })).toMatchObject({ lines: ['Chưa có ai tham gia.'] });
    expect(await run('list', { unit: 'x9' })).toEqual({ faults: ['--unit: không có đơn vị x9'] });
  });

  it('are taken out once: the chats go, the id stays, and they are told where they can be reached', async () => {
    expect(await run('remove', { id: 'lan' })).toMatchObject({
      json: { id: 'lan', leftAt: NOW.toISOString() },
    });
    expect(await stored((storage) => storage.people())).toMatchObject([
      { id: 'lan', name: '', conversations: [], leftAt: NOW.toISOString() },
    ]);
    const told = await stored((storage) => storage.unsent());
    expect(told.map(({ conversation }) => conversation)).toEqual(['zalo-oa:1']);
    expect(await run('remove', { id: 'lan' })).toMatchObject({ faults: [expect.stringContaining('lan')] });
  });
});

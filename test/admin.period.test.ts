// Changing an open period from the command line: the deadline of all or of one unit, closing and opening again, each with its reason.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../src/admin/campaign.ts';
import { readConfig } from '../src/config.ts';
import type { Change } from '../src/domain/change.ts';
import { openAction } from '../src/text/period.ts';
import { openLowdb } from '../storage/lowdb.ts';
import type { Storage } from '../storage/storage.ts';

const NOW = new Date('2022-09-10T01:00:00.000Z');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chitieu-period-'));
  const officer = (id: string, unit: string, rest: object = {}): Change => ({
    type: 'person_set',
    person: {
      ...{ id, name: id, unit, role: 'officer', joinedAt: NOW.toISOString() },
      ...{ conversations: [`web:${id}`, `telegram:${id}`], unreachable: [], ...rest },
    },
  });
  await inStore((storage) =>
    storage.commit({
      ...{ event: 'setup', at: NOW.toISOString(), by: 'test', conversation: 'operator:test', outgoing: [] },
      changes: [
        ...['a', 'b', 'c'].map(
          (id): Change => ({ type: 'unit_set', unit: { id, name: `Xã ${id}`, kind: 'xã' } }),
        ),
        officer('lan', 'a'),
        officer('minh', 'b', { unreachable: ['telegram:minh'] }),
        officer('hoa', 'c', { leftAt: NOW.toISOString() }),
        {
          type: 'campaign_set',
          campaign: {
            ...{ id: 'q3', template: { id: 'so-ngoai-vu', version: 1 }, cutoff: '2022-09-14' },
            ...{ period: { kind: 'quarter', year: 2022, quarter: 3 }, due: '2022-09-16T09:00:00.000Z' },
            ...{ units: ['a', 'b', 'c'], createdAt: NOW.toISOString() },
          },
        },
      ],
      expects: { reports: {} },
    }),
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function inStore<T>(use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openLowdb(folder);
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

let minute = 0;
/** Runs "campaign <verb>", a minute after the last time. */
async function run(verb: string, text: Record<string, string>, ...flags: string[]) {
  const read = readConfig({ DATA_DIR: folder });
  if ('faults' in read) throw new Error(read.faults.join());
  minute += 1;
  const now = new Date(NOW.getTime() + minute * 60_000);
  const command = commands[verb];
  if (!command) throw new Error(`no command ${verb}`);
  return command.run(
    { text: { campaign: 'q3', ...text }, flags: new Set(flags), file: '' },
    { config: read.config, now },
  );
}
const told = () =>
  inStore(async (storage) =>
    (await storage.unsent()).map(
      ({ conversation, message }) => [conversation, String(message.text[0])] as const,
    ),
  );
const campaign = () => inStore((storage) => storage.campaign('q3'));

describe('An open period', () => {
  it('can be given another deadline, of which every officer who can be reached is told with the reason', async () => {
    expect(await run('due', { due: '2022-09-19T16:00', reason: 'Bộ Nội vụ lùi hạn' })).toMatchObject({
      json: { told: 2 },
    });
    expect(await campaign()).toMatchObject({ due: '2022-09-19T09:00:00.000Z' });
    const messages = await told();
    expect(messages.map(([conversation]) => conversation)).toEqual(['telegram:lan', 'web:minh']);
    expect(messages[0]?.[1]).toContain('từ 16 giờ 00 ngày 16/9/2022 thành 16 giờ 00 ngày 19/9/2022');
    expect(messages[0]?.[1]).toContain('Lý do: Bộ Nội vụ lùi hạn');
  });

  it('can be extended for one unit, which alone is told and alone has that deadline', async () => {
    await run('due', { due: '2022-09-20T16:00', unit: 'a', reason: 'Cán bộ mới nhận việc' });
    expect((await told()).map(([conversation]) => conversation)).toEqual(['telegram:lan']);
    expect(await campaign()).toMatchObject({
      due: '2022-09-16T09:00:00.000Z',
      extensions: { a: '2022-09-20T09:00:00.000Z' },
    });
    await run('due', { due: '2022-09-17T16:00', reason: 'Nghỉ lễ' });
    expect((await told()).map(([conversation]) => conversation)).toEqual(['telegram:lan', 'web:minh']);
  });

  it('takes more units, whose officers are told with a button to begin', async () => {
    await inStore((storage) =>
      storage.commit({
        ...{ event: 'more', at: NOW.toISOString(), by: 'test', conversation: 'operator:test', outgoing: [] },
        changes: [
          { type: 'unit_set', unit: { id: 'd', name: 'Xã d', kind: 'xã' } },
          {
            type: 'person_set',
            person: {
              ...{ id: 'dung', name: 'Dung', unit: 'd', role: 'leader', joinedAt: NOW.toISOString() },
              ...{ conversations: ['web:dung'], unreachable: [] },
            },
          },
        ],
        expects: { reports: {} },
      }),
    );
    expect(await run('add', { units: 'a,zz', reason: 'Mới thành lập' })).toEqual({
      faults: ['--units: không có đơn vị zz'],
    });
    expect(await run('add', { units: 'a,b', reason: 'Mới thành lập' })).toHaveProperty('faults');
    expect(await run('add', { units: 'a,d', reason: 'Mới thành lập' })).toMatchObject({
      json: { told: 1, campaign: { units: ['a', 'b', 'c', 'd'] } },
      notes: [expect.stringContaining('1 đơn vị chưa có cán bộ')],
    });
    const [message] = await inStore((storage) => storage.unsent());
    expect(message).toMatchObject({
      conversation: 'web:dung',
      message: { buttons: [[{ label: 'Xem báo cáo', action: openAction('q3/d') }]] },
    });
    expect((await inStore((storage) => storage.history('campaign:q3'))).at(-1)?.change).toMatchObject({
      reason: 'Mới thành lập',
    });
    await run('close', { reason: 'Xong' });
    expect(await run('add', { units: 'd', reason: 'Mới thành lập' })).toHaveProperty('faults');
  });

  it('can be closed and opened again, and its history tells when and why', async () => {
    await run('close', { reason: 'Đã tổng hợp xong' });
    expect((await campaign())?.closedAt).toBeDefined();
    expect(await run('close', { reason: 'lần nữa' })).toHaveProperty('faults');
    expect(await run('due', { due: '2022-09-20T16:00', reason: 'muộn' })).toHaveProperty('faults');
    await run('reopen', { reason: 'Đơn vị đính chính' });
    expect((await campaign())?.closedAt).toBeUndefined();
    const history = await inStore((storage) => storage.history('campaign:q3'));
    expect(history.map(({ change }) => change.type === 'campaign_set' && change.reason)).toEqual([
      undefined,
      'Đã tổng hợp xong',
      'Đơn vị đính chính',
    ]);
    expect(history.every(({ by, at }) => by !== '' && at !== '')).toBe(true);
  });

  it('is not changed without a reason, for a unit that is not in it, or to a time that is none', async () => {
    for (const text of [
      { due: '2022-09-19T16:00', reason: ' ' },
      { due: '2022-09-19', reason: 'x y' },
      { due: '2022-09-19T16:00', unit: 'z', reason: 'x y' },
      { due: '2022-09-19T16:00', campaign: 'q9', reason: 'x y' },
    ])
      expect(await run('due', text)).toHaveProperty('faults');
    expect(await told()).toEqual([]);
  });
});

describe('A period opened from the command line', () => {
  const wish = { template: 'so-ngoai-vu', period: '2022-N', due: '2022-12-16T16:00', units: 'a,b,c' };

  it('is told to every officer who can be reached, once and with a button to begin', async () => {
    const made = await run('create', { ...wish, office: 'c', 'pass-on': '2022-12-18T16:00' });
    expect(made).toMatchObject({
      json: { told: 2, campaign: { office: 'c', passOnBy: '2022-12-18T09:00:00.000Z' } },
      notes: [expect.stringContaining('1 đơn vị chưa có cán bộ nào nhận được tin: c')],
    });
    const unsent = await inStore((storage) => storage.unsent());
    expect(unsent.map(({ conversation }) => conversation)).toEqual(['telegram:lan', 'web:minh']);
    const action = openAction('so-ngoai-vu-2022-n/a');
    expect(unsent[0]?.message.buttons).toEqual([[{ label: 'Bắt đầu', action }]]);
    const words = unsent[0]?.message.text
      .map((span) => (typeof span === 'string' ? span : span.bold))
      .join('');
    for (const each of ['Xã a', '16 giờ 00 ngày 16/12/2022', '14/12/2022', '99 chỉ tiêu'])
      expect(words).toContain(each);
  });

  it('is told to nobody when that is wished', async () => {
    expect(await run('create', wish, 'silent')).toMatchObject({ json: { told: 0 } });
    expect(await told()).toEqual([]);
  });
});

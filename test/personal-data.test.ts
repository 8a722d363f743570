// Personal data in the chat and on the command line: said before anything is asked, shown on demand, exported whole, and gone on leaving.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../src/admin/people.ts';
import { readConfig } from '../src/config.ts';
import { backup } from '../storage/backup.ts';
import { openLowdb } from '../storage/lowdb.ts';
import type { Storage } from '../storage/storage.ts';
import { createWorld, plain, type World } from './support/world.ts';

const NOW = '2022-09-13T03:00:00.000Z';
const office = (storage?: Storage) =>
  createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND thị xã Ngã Năm', period: '2022-Q3', now: NOW },
    ...(storage ? { storage } : {}),
  });
const said = (seen: Awaited<ReturnType<World['say']>>): string =>
  seen.map(({ message }) => plain(message)).join('\n');

describe('Somebody who comes in', () => {
  it('reads in one sentence, before the first question, what is stored, by whom, why, and how to have it deleted', async () => {
    const world = await office();
    const lan = await world.join('Lan');
    const [first] = world.transcript(lan).map(plain);
    const sentence = first?.split('\n').find((line) => line.includes('lưu họ tên'));
    for (const words of ['Để lập báo cáo', 'cơ quan đầu mối', 'đơn vị', 'tin nhắn', 'số liệu', '/toi', 'xóa'])
      expect(sentence).toContain(words);
    expect(sentence?.match(/\. /g)).toBeNull();
  });
});

describe('Somebody who asks what is stored about them', () => {
  let world: World;
  let lan: string;
  beforeEach(async () => {
    world = await office();
    lan = await world.join('Trần Thị Lan');
    await world.say(lan, '60');
    await world.say(lan, '23; theo Kế hoạch 12');
  });

  it('finds it under /toi, by a button or in words, and goes on where they were', async () => {
    await world.say(lan, '/toi');
    const pressed = said(await world.press(lan, 'Dữ liệu của tôi'));
    const typed = said(await world.say(lan, '/tôi dữ liệu'));
    expect(typed).toBe(pressed);
    for (const words of [
      'Trần Thị Lan',
      'UBND thị xã Ngã Năm',
      'cán bộ nhập',
      lan.split(':')[1] ?? '',
      '60 tin',
    ])
      expect(typed).toContain(words);
    expect(typed).toMatch(/đã nhập trong các kỳ đang mở: 2/);
    await world.say(lan, '4');
    expect(Object.keys((await world.report()).answers)).toHaveLength(3);
  });

  it('sees nothing of a colleague', async () => {
    const minh = await world.join('Minh');
    await world.say(minh, '/boqua');
    const shown = said(await world.say(minh, '/toi dữ liệu'));
    expect(shown).toMatch(/đã nhập trong các kỳ đang mở: 0/);
    expect(shown).not.toContain('Lan');
  });
});

describe('The operator’s export of one person', () => {
  let root = '';
  let folder = '';
  let store: Storage;
  let id = '';
  let lan = '';
  let world: World;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'chitieu-personal-'));
    folder = join(root, 'data');
    store = await openLowdb(folder);
    world = await office(store);
    lan = await world.join('Trần Thị Lan');
    const minh = await world.join('Minh Khác');
    await world.say(lan, '60; ghi chú riêng');
    await world.say(minh, '/trogiup');
    id = (await store.people()).find(({ name }) => name === 'Trần Thị Lan')?.id ?? '';
  });
  afterAll(async () => {
    await store.close();
    await rm(root, { recursive: true, force: true });
  });

  const run = (text: Record<string, string>) => {
    const read = readConfig({ DATA_DIR: folder });
    if ('faults' in read) throw new Error(read.faults.join());
    return commands.export?.run(
      { text, flags: new Set(), file: '' },
      { config: read.config, now: new Date(NOW) },
    );
  };

  it('has the person, the invitation, the conversation and every record, beside the running bot, and of nobody else', async () => {
    const out = join(root, 'lan.json');
    expect(await run({ id, out })).toMatchObject({ json: { id } });
    expect((await stat(out)).mode & 0o077).toBe(0);
    const text = await readFile(out, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      person: { id, name: 'Trần Thị Lan' },
      invitations: [{ usedBy: id }],
      conversations: [{ conversation: lan, session: { person: id } }],
    });
    expect(text).toContain('ghi chú riêng');
    expect(text).not.toContain('Minh Khác');
    expect(JSON.parse(text).records.map((each: { change: { type: string } }) => each.change.type)).toContain(
      'answer_set',
    );
    expect(await run({ id, out })).toMatchObject({ faults: [expect.stringContaining('EEXIST')] });
    expect(await run({ id: 'nobody' })).toMatchObject({ faults: [expect.stringContaining('nobody')] });
  });

  it('after they left has what stays for the audit trail, without name, chat or phone', async () => {
    await world.say(lan, '/toi');
    await world.press(lan, 'Rời khỏi');
    await world.press(lan, 'Đồng ý rời khỏi');
    // The record keeps the number of the chat, which in this office is made of the name.
    const exported = JSON.stringify(await run({ id })).replaceAll(lan, '<chat>');
    expect(exported).toContain('answer_set');
    expect(exported).not.toContain('Trần Thị Lan');
    expect(JSON.parse(exported).json).toMatchObject({
      person: { id, name: '', conversations: [] },
      conversations: [],
    });
  });

  it('the history of a report that somebody left stays whole, however old: nothing deletes the audit trail', async () => {
    const [report] = await store.reports('k1');
    const before = await store.history(report?.id ?? '');
    await store.commit({
      ...{ event: 'years later', at: '2032-09-13T03:00:00.000Z', by: '', conversation: 'operator:test' },
      ...{ changes: [], outgoing: [], expects: { reports: {} } },
    });
    const copy = await openLowdb(await copied());
    expect(await copy.history(report?.id ?? '')).toEqual(before);
    expect(before.some(({ by }) => by === id)).toBe(true);
    await copy.close();
  });

  async function copied(): Promise<string> {
    const target = join(root, 'copy');
    await backup(folder, target);
    return target;
  }
});

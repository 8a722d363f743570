// Receiving where the transcripts have no words for it: old files, forwarded buttons, typed marks, and a coordinator of others.
import { beforeEach, describe, expect, it } from 'vitest';
import { fitChoices } from '../../src/channels/choices.ts';
import type { Unit } from '../../src/domain/people.ts';
import { type Steps, stepByStep, told } from '../support/steps.ts';
import { buttonsOf, createWorld, plain, type Seen, type World } from '../support/world.ts';

const UNITS: readonly Unit[] = [
  { id: 'u2', name: 'UBND huyện Mỹ Tú', kind: 'huyện', parent: 'so' },
  { id: 'so2', name: 'Sở Tài chính', kind: 'sở' },
];
const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-15T01:00:00.000Z',
  units: UNITS,
};
let world: World;
let steps: Steps;

const later = (): void => steps.later();
const say = (who: string, text: string) => steps.say(who, text);
const press = (who: string, label: string) => steps.press(who, label);
async function forward(who: string, action: string): Promise<readonly Seen[]> {
  later();
  return world.send({ id: world.nextId(), conversation: who, at: SETUP.now, type: 'button', action });
}
const history = () => world.storage.history('k1/u1');
const lan = 'test:Lan';

async function submitted(): Promise<readonly Seen[]> {
  await say(lan, '60');
  await say(lan, '/nop');
  await press(lan, 'Để trống cả');
  await press(lan, 'Đã kiểm tra, số liệu đúng');
  return press(lan, 'Xác nhận nộp');
}
async function again(value: string): Promise<readonly Seen[]> {
  await press(lan, 'Rút lại để sửa');
  await say(lan, '/sua van ban chi dao');
  await say(lan, value);
  await say(lan, '/nop');
  return press(lan, 'Xác nhận nộp');
}

beforeEach(async () => {
  world = await createWorld(SETUP);
  steps = stepByStep(world, SETUP.now);
  await world.join('Lan');
});

describe('A newer version', () => {
  it('is told to everybody who holds an older file and would not hear of it otherwise', async () => {
    await world.join('Sở', 'coordinator');
    await world.join('Minh');
    await world.join('Dũng', 'leader');
    await world.join('Xem', 'viewer');
    await world.join('Tâm');
    await submitted();
    await say('test:Minh', '/file 1');
    await press('test:Dũng', 'Xem: Quý III');
    await press('test:Dũng', 'Tải bảng');
    await press('test:Xem', 'UBND thị xã Ngã Năm');
    await press('test:Xem', 'Tải bảng');
    const held = (await history()).filter(({ change }) => change.type === 'handed').length;
    await say('test:Minh', '/file 1');
    expect((await history()).filter(({ change }) => change.type === 'handed')).toHaveLength(held);
    expect(told(await say('test:Minh', '/file 7'), 'test:Minh')).toContain(
      'Không có bản 7; đã nộp đến bản 1',
    );

    const seen = await again('12');
    for (const who of ['test:Minh', 'test:Dũng', 'test:Xem'])
      expect(told(seen, who)).toContain('đã có bản 2 thay bản 1');
    for (const who of [lan, 'test:Sở']) expect(told(seen, who)).not.toContain('đã có bản 2');
    expect(told(seen, 'test:Tâm')).toBe('');
    expect((await press('test:Minh', 'Tải bảng')).at(-1)?.message.file).toEqual({
      report: 'k1/u1',
      version: 2,
    });
    const next = await again('13');
    expect(told(next, 'test:Minh')).toContain('đã có bản 3 thay bản 2');
    expect(told(next, 'test:Dũng')).toContain('đã có bản 3 thay bản 1');
  });

  it('is told to whoever took the consolidated tables with the older one in them', async () => {
    await world.join('Sở', 'coordinator');
    await world.join('Xem', 'viewer');
    await world.join('Khác', 'viewer');
    await say('test:Khác', '/tonghop');
    await submitted();
    expect((await say('test:Xem', '/tonghop')).map(({ message }) => message.file)).toHaveLength(2);
    await say('test:Sở', '/tonghop');

    const seen = await again('12');
    expect(told(seen, 'test:Xem')).toContain('đã nộp bản 2');
    expect(told(seen, 'test:Xem')).toContain('bảng tổng hợp anh/chị đã tải còn là bản trước');
    expect(told(seen, 'test:Khác')).toBe('');
    expect(told(seen, 'test:Sở')).toContain('gõ /tonghop để lấy bảng mới');
    const files = (await press('test:Xem', 'Lấy bảng tổng hợp mới')).flatMap(
      ({ message }) => message.file ?? [],
    );
    expect(files.map((file) => 'what' in file && file.what)).toEqual(['consolidated', 'level']);
  });

  it('is not told to somebody who has left', async () => {
    await world.join('Minh');
    await submitted();
    await say('test:Minh', '/file 1');
    await say('test:Minh', '/toi');
    await press('test:Minh', 'Rời khỏi');
    await press('test:Minh', 'Đồng ý rời khỏi');
    expect(told(await again('12'), 'test:Minh')).toBe('');
  });
});

describe('A button in the wrong hands', () => {
  it('does nothing for an officer of another unit, a viewer, or a coordinator of others', async () => {
    await world.join('Sở', 'coordinator');
    await world.join('Bình', 'officer', 'u2');
    await world.join('Xem', 'viewer');
    await world.join('Tài', 'coordinator', 'so2');
    await submitted();
    await press('test:Sở', 'Trả lại');
    await say('test:Sở', 'I.5: Đề nghị xem lại giúp');
    await press('test:Sở', 'UBND thị xã Ngã Năm').catch(() => say('test:Sở', '/baocao'));
    const actions = [...world.transcript('test:Sở'), ...world.transcript(lan)]
      .flatMap(buttonsOf)
      .map(({ action }) => action)
      .filter((action) => /^[ATOQijUWJVXqdway]:/.test(action));
    expect(actions.length).toBeGreaterThan(6);
    const before = (await history()).length;
    for (const who of ['test:Bình', 'test:Xem', 'test:Tài'])
      for (const action of new Set(actions)) {
        const seen = await forward(who, action);
        expect(seen.map(({ conversation }) => conversation)).toEqual([who]);
        expect(told(seen, who)).not.toContain('Ngã Năm');
        expect(seen[0]?.message.file).toBeUndefined();
        await say(who, 'Một lý do bằng lời');
      }
    expect(await history()).toHaveLength(before);
    expect((await world.report()).status).toBe('submitted');
  });

  it('unlocks no later version than the one it was about', async () => {
    await world.join('Sở', 'coordinator');
    await submitted();
    await press('test:Sở', 'Tiếp nhận');
    await press(lan, 'Rút lại để sửa');
    await press(lan, 'Đính chính');
    await say(lan, 'Bổ sung hai văn bản');
    const old = world.transcript('test:Sở').flatMap(buttonsOf).slice(-2);
    await press('test:Sở', 'Mở khóa');
    await press(lan, 'Sửa số liệu');
    await say(lan, '/nop');
    await press(lan, 'Xác nhận nộp');
    await press('test:Sở', 'Tiếp nhận');
    const before = (await history()).length;
    expect(old.map(({ label }) => label)).toEqual(['Mở khóa', 'Không mở']);
    for (const { action } of old)
      expect(told(await forward('test:Sở', action), 'test:Sở')).toContain('không còn ở bản đang khóa');
    expect(await history()).toHaveLength(before);
    expect((await world.report()).status).toBe('accepted');
  });

  it('does nothing in an officer’s own hands when it is the coordinator’s', async () => {
    await world.join('Sở', 'coordinator');
    await submitted();
    const before = (await history()).length;
    const message = world.transcript('test:Sở').findLast(({ file }) => file);
    for (const { action } of buttonsOf(message ?? { text: [] }))
      expect(told(await forward(lan, action), lan)).toContain('dành cho đầu mối tổng hợp');
    expect(await history()).toHaveLength(before);
  });

  it('decides nothing about another version than its own', async () => {
    await world.join('Sở', 'coordinator');
    await submitted();
    const old = world.transcript('test:Sở').findLast(({ file }) => file);
    await press('test:Sở', 'Trả lại');
    await say('test:Sở', 'I.5: Đề nghị xem lại giúp');
    const gathered = world.transcript('test:Sở').flatMap(buttonsOf);
    await again('12');
    const before = (await history()).length;
    const deciding = [...buttonsOf(old ?? { text: [] }), ...gathered].filter(({ action }) =>
      /^[ATij]:/.test(action),
    );
    for (const { action } of deciding) await forward('test:Sở', action);
    await say('test:Sở', 'gửi trả lại');
    expect(await history()).toHaveLength(before);
    expect((await world.report()).status).toBe('submitted');
  });
});

describe('A return of very many indicators', () => {
  it('is one message that a phone shows, and says when it is too many', async () => {
    await world.join('Sở', 'coordinator');
    await submitted();
    await press('test:Sở', 'Trả lại');
    const rows = world.template.indicators.filter(({ type }) => type === 'choice').slice(0, 24);
    for (const row of rows) {
      await say('test:Sở', `${row.label}: ${'đề nghị xem lại '.repeat(12)}`);
      const waits = world.transcript('test:Sở').at(-1);
      const first = waits && buttonsOf(waits)[0];
      if (waits && plain(waits).includes('có nhiều chỉ tiêu')) await press('test:Sở', first?.action ?? '');
    }
    await say('test:Sở', `${'Nộp lại trong tuần này nhé '.repeat(18)}`);
    const seen = await say('test:Sở', 'gửi trả lại');
    const points = (await world.report()).returned?.points ?? [];
    expect(points).toHaveLength(20);
    expect(told(seen, lan).length).toBeLessThan(4096);
    expect(told(seen, lan)).toContain('Đầu mối đề nghị xem lại 20 chỉ tiêu');
  });
});

describe('A coordinator without buttons', () => {
  const hoa = 'bare:Hoa';
  const newest = async (): Promise<string> => {
    const [last] = await world.storage.transcript(hoa, 0, 1);
    return last ? plain({ text: fitChoices(last, 0).text }) : '';
  };
  const mark = (shown: string, label: string): string =>
    new RegExp(`^(\\S+)\\. ${label}`, 'm').exec(shown)?.[1] ?? `no “${label}” in ${shown}`;

  it('gives back by typed marks and words, and only words send', async () => {
    await world.join('Hoa', 'coordinator', 'so', 'bare');
    await submitted();
    const [news] = (await world.storage.transcript(hoa, 0, 9)).filter(({ message }) => message.file);
    const shown = news ? plain({ text: fitChoices(news, 0).text }) : '';
    expect(mark(shown, 'Trả lại')).toMatch(/^[a-z]+\d+$/);
    await say(hoa, mark(shown, 'Trả lại'));
    expect(await newest()).toContain('Anh/chị gõ lý do trả lại');
    await say(hoa, mark(await newest(), 'I\\.5'));
    await say(hoa, 'Gửi kèm quyết định công nhận');
    await say(hoa, 'I.2: Chưa khớp với sổ theo dõi');
    await say(hoa, mark(await newest(), 'I\\.2 · Số phòng ban'));
    expect(await newest()).toContain('gửi trả lại');
    expect(await newest()).not.toMatch(/^\S+\. Gửi trả lại/m);
    expect((await world.report()).status).toBe('submitted');
    await say(hoa, 'gửi trả lại');
    expect(await world.report()).toMatchObject({
      status: 'returned',
      returned: {
        text: '',
        points: [
          { indicator: 'kiem-tra-phong-ban', text: 'Chưa khớp với sổ theo dõi' },
          { indicator: 'sang-kien', text: 'Gửi kèm quyết định công nhận' },
        ],
      },
    });
  });

  it('keeps a line whose indicator is not found, and can send it as it is', async () => {
    await world.join('Hoa', 'coordinator', 'so', 'bare');
    await submitted();
    const [news] = (await world.storage.transcript(hoa, 0, 9)).filter(({ message }) => message.file);
    await say(hoa, mark(news ? plain({ text: fitChoices(news, 0).text }) : '', 'Trả lại'));
    await say(hoa, 'Kính gửi đơn vị zzz: nộp lại trước 16:00 ngày mai');
    expect(await newest()).toContain('không tìm thấy chỉ tiêu');
    await say(hoa, mark(await newest(), 'Giữ nguyên câu'));
    expect(await world.report()).toMatchObject({
      status: 'returned',
      returned: { text: 'Kính gửi đơn vị zzz: nộp lại trước 16:00 ngày mai' },
    });
  });
});

// What a coordinator reads about messages that were not delivered and channels in trouble: nothing that is not so.
import { describe, expect, it } from 'vitest';
import { undelivered, undeliveredLine } from '../flows/undelivered.ts';
import type { Hold, Notice } from '../src/domain/channel-state.ts';
import { createWorld, plain } from './support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00.000Z',
};

/** What `/chuagui` says while Lan's message is in this state, and these troubles last. */
async function asked(state: Hold | 'retry' | 'never' | 'none', notices: readonly Notice[] = []) {
  const world = await createWorld(SETUP);
  const lan = await world.join('Lan');
  const hoa = await world.join('Hoa', 'coordinator');
  if (state !== 'none') {
    const outgoing = [{ conversation: lan, message: { text: ['Nhắc hạn nộp'] } }];
    const turn = { event: 'push', at: SETUP.now, by: '', conversation: 'operator:test', changes: [] };
    await world.storage.commit({ ...turn, outgoing, expects: { reports: {} } });
    await world.storage.markSent(
      'push:0',
      state === 'retry' || state === 'never'
        ? { outcome: state, why: 'no' }
        : { outcome: 'held', hold: state, why: 'no', at: SETUP.now },
    );
  }
  const facts = { ...(await world.facts(hoa)), notices };
  return {
    text: (undelivered(facts).say ?? []).map(plain).join('\n'),
    line: plain({ text: undeliveredLine(facts) ?? [] }),
  };
}
const refused = (why: string): Notice => ({ kind: 'refused', channel: 'zalo-oa', why });

describe('A message that waits', () => {
  it.each([
    ['later', 'tạm thời chưa nhận thêm tin'],
    ['refused', 'Zalo báo lỗi hoặc không chấp nhận tin'],
  ] as const)('because of "%s" is listed by name with the reason', async (hold, words) => {
    const { text } = await asked(hold);
    expect(text).toMatch(/Chưa gửi được tới 1 người[\s\S]*Lan\* \(UBND thị xã Ngã Năm\)/);
    expect(text).toContain(words);
    expect(text).toContain('1 tin chờ');
    expect(text).toContain('được gửi lại ngay khi người đó nhắn');
  });
});

describe('Where nothing is held', () => {
  it.each(['none', 'retry', 'never'] as const)(
    'no more is claimed than that, for a message may be on its way or given up (%s)',
    async (state) => {
      const { text } = await asked(state);
      expect(text).toBe('Hiện không có tin nào bị giữ lại cho những người anh/chị phụ trách.');
    },
  );
});

describe('A trouble', () => {
  const CHANNEL = 'Kênh Zalo';

  it.each(['Zalo -249: no', 'Zalo -136: no', 'Zalo -1121: no'])(
    'of the reminder template alone (%s) is not called one of the channel',
    async (why) => {
      const { line } = await asked('none', [refused(why)]);
      expect(line).toContain(why);
      expect(line).toMatch(/tin mẫu/);
      expect(line).toContain('không bị ảnh hưởng');
      expect(line).not.toContain('không cho gửi');
    },
  );

  it('with what the platform’s policy forbids is one of single messages, which are kept', async () => {
    const { line } = await asked('refused', [refused('Zalo -248: no')]);
    expect(line).toContain('chính sách');
    expect(line).toContain('Tin bị từ chối được giữ lại');
    expect(line).toContain('tiếp tục gửi các tin khác');
  });

  it.each(['Zalo -221: OA not verified', 'Zalo -212: no', '403 forbidden', 'Zalo -2490: no'])(
    'that may be one of every message is told as the error that it is (%s)',
    async (why) => {
      const { line } = await asked('none', [refused(why)]);
      expect(line).toContain(`${CHANNEL} báo lỗi khi gửi: ${why}. Tin nào chưa gửi được thì được giữ lại`);
      expect(line).not.toMatch(/tin mẫu|chính sách/);
    },
  );
});

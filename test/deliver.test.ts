// The outbox: what is stored goes out in order within a chat, once, and no chat or failure holds up another.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Channel, SendFile, Sending, SendResult } from '../src/channels/channel.ts';
import { createDeliverer, type Deliverer } from '../src/deliver.ts';
import type { Message } from '../src/domain/conversation.ts';
import { contentIn } from '../src/file-content.ts';
import { createLog } from '../src/log.ts';
import { FILES } from '../src/text/files.ts';
import { TROUBLE } from '../src/text/menu.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/storage.ts';
import { CAN } from './support/can.ts';
import { plain } from './support/world.ts';

let open: Deliverer[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.map((each) => each.stop(0)));
  open = [];
});

type Send = (sending: Sending, attempt: number) => Promise<SendResult> | SendResult;
const SENT = { outcome: 'sent' } as const;
const HELD_BLOCKED = { outcome: 'held', hold: 'blocked', why: 'blocked' } as const;
const LATER = { outcome: 'held', hold: 'later', why: 'Zalo -211' } as const;
const never = (): Promise<never> => new Promise(() => {});

/** A store with an outbox, and a channel "post" whose sends are written down as "chat words" and answered by `send`. */
function office(
  send: Send = () => SENT,
  storage: Storage = memoryStorage(),
  fetchFile: NonNullable<Channel['fetchFile']> = async () => ({ fault: 'gone' }),
  can: Channel['can'] = CAN,
) {
  const sends: string[] = [];
  const sendings: Sending[] = [];
  const told: string[] = [];
  const fetched: unknown[] = [];
  const log = createLog('silent');
  const channel: Channel = {
    name: 'post',
    can,
    start: async () => {},
    async send(sending) {
      sends.push(`${sending.chat} ${plain(sending.message)}`);
      sendings.push(sending);
      return send(sending, sendings.filter(({ id }) => id === sending.id).length);
    },
    fetchFile,
    inviteLink: () => undefined,
    notices: () => [],
    stop: async () => {},
  };
  const made: SendFile = { name: 'bang.xlsx', type: 'x', bytes: new Uint8Array([1]) };
  let events = 0;
  return {
    ...{ sends, sendings, told, fetched },
    start(): Deliverer {
      const deliverer = createDeliverer({
        storage,
        channels: [channel],
        templates: [],
        files: {
          make: async (request) => {
            if ('report' in request && request.version === 9) throw new Error('no such report');
            return made;
          },
          pictures: async () => [],
        },
        readFile: contentIn,
        links: { make: async () => 'https://bot.example/tep/ma/phu-luc.xlsx', routes: () => {} },
        receive: async (event) => {
          if (event.type === 'fetched') fetched.push([event.name, event.content]);
          else told.push(`${event.conversation} ${event.id} ${event.type}`);
        },
        log,
      });
      open.push(deliverer);
      return deliverer;
    },
    /** Stores messages of one turn: words, or whole messages. */
    async say(conversation: string, ...messages: readonly (string | Message)[]): Promise<void> {
      events += 1;
      await storage.commit({
        ...{ event: `e${events}`, at: new Date().toISOString(), by: 'lan', conversation, changes: [] },
        outgoing: messages.map((each) => ({
          conversation,
          message: typeof each === 'string' ? { text: [each] } : each,
        })),
        expects: { reports: {} },
      });
    },
    /** Lets Lan in to this conversation, who may have the tables of unit u in period k. */
    async join(conversation: string): Promise<void> {
      const [period, at] = [{ kind: 'year', year: 2026 } as const, '2026-01-01T00:00:00.000Z'];
      const template = { id: 'mau', version: 1 };
      await storage.commit({
        ...{ event: `join:${conversation}`, at, by: 'test', conversation: 'operator:test', outgoing: [] },
        changes: [
          { type: 'unit_set', unit: { id: 'u', name: 'UBND xã', kind: 'xã' } },
          {
            type: 'campaign_set',
            campaign: {
              ...{ id: 'k', template, period, due: at, cutoff: '2026-12-14', units: ['u'], createdAt: at },
            },
          },
          {
            type: 'person_set',
            person: {
              ...{ id: 'lan', name: 'Lan', unit: 'u', role: 'officer', joinedAt: at },
              ...{ conversations: [conversation], unreachable: [] },
            },
          },
        ],
        expects: { reports: {} },
      });
    },
    waiting: async () => (await storage.unsent()).map(({ message }) => plain(message)),
  };
}

const settled = (sends: readonly string[], count: number): Promise<void> =>
  vi.waitFor(() => expect(sends).toHaveLength(count), { timeout: 3_000, interval: 5 });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('Messages', () => {
  it('of one chat go out in order, one at a time, also those that come meanwhile', async () => {
    let inHand = 0;
    const post = office(async () => {
      inHand += 1;
      expect(inHand).toBe(1);
      await pause(Math.random() * 6);
      inHand -= 1;
      return SENT;
    });
    const deliverer = post.start();
    for (let n = 1; n <= 10; n++) {
      await post.say('post:a', `${n}a`, `${n}b`);
      deliverer.wake();
    }
    await settled(post.sends, 20);
    expect(post.sends).toEqual(Array.from({ length: 10 }, (_, n) => [`a ${n + 1}a`, `a ${n + 1}b`]).flat());
    await vi.waitFor(async () => expect(await post.waiting()).toEqual([]));
  });

  it('that an earlier run left unsent go out at the start', async () => {
    const post = office();
    await post.say('post:a', 'left from before');
    post.start();
    await settled(post.sends, 1);
    expect(post.sends).toEqual(['a left from before']);
  });

  it('of one chat do not wait for another that hangs', async () => {
    const post = office(({ chat }) => (chat === 'a' ? never() : SENT));
    await post.say('post:a', '1', '2');
    await post.say('post:b', '1', '2');
    post.start();
    await settled(post.sends, 3);
    expect(post.sends.sort()).toEqual(['a 1', 'b 1', 'b 2']);
  });

  it('know the id under which the channel sent what they replace', async () => {
    const post = office(({ seq }) => ({ outcome: 'sent', platform: `p${seq}` }));
    await post.say('post:a', { text: ['câu hỏi'], key: 'q1' }, { text: ['✓'], replaces: 'q1' });
    await post.say('post:a', { text: ['✓'], replaces: 'unknown' });
    post.start();
    await settled(post.sends, 3);
    expect(post.sendings.map(({ replaces }) => replaces)).toEqual([undefined, 'p1', undefined]);
  });

  it('carry the file that was made for them', async () => {
    const post = office();
    await post.join('post:a');
    await post.say('post:a', { text: ['Bảng'], file: { report: 'k/u' } });
    post.start();
    await settled(post.sends, 1);
    expect(post.sendings[0]?.file?.name).toBe('bang.xlsx');
  });

  it('bring nobody a table that is no longer theirs, only their words', async () => {
    const post = office();
    await post.join('post:a');
    const theirs = { report: 'k/other' };
    await post.say('post:a', { text: ['Bảng. '], file: theirs, pictures: theirs });
    await post.say('post:b', { text: ['Bảng. '], file: { report: 'k/u' } });
    post.start();
    await settled(post.sends, 2);
    expect(post.sends.sort()).toEqual([`a Bảng. ${FILES.notYours}`, `b Bảng. ${FILES.notYours}`]);
    for (const { file, table, pictures } of post.sendings)
      expect([file, table, pictures]).toEqual([undefined, undefined, undefined]);
  });

  it('bring pictures that can be drawn when the channel comes to it, but not those that are the table anyway', async () => {
    const post = office(
      () => SENT,
      memoryStorage(),
      async () => ({ fault: 'gone' }),
      {
        ...{ ...CAN, files: [], pictures: 'link' },
      },
    );
    await post.join('post:a');
    const [report, history] = [{ report: 'k/u' }, { history: 'k/u' }];
    await post.say('post:a', { text: ['1'], file: report, pictures: report });
    await post.say('post:a', { text: ['2'], file: history, pictures: report });
    await post.say('post:a', { text: ['3'], pictures: report });
    post.start();
    await settled(post.sends, 3);
    const carried = post.sendings.map(({ table, pictures }) => [table !== undefined, pictures !== undefined]);
    expect(carried).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
    expect(await post.sendings[2]?.pictures?.link(1)).toMatch(/^https:/);
  });

  it('whose file cannot be made still say their words, and what to do', async () => {
    const post = office();
    await post.join('post:a');
    await post.say('post:a', { text: ['Bảng. '], file: { report: 'k/u', version: 9 } }, 'câu tiếp theo');
    post.start();
    await settled(post.sends, 2);
    expect(post.sends).toEqual([`a Bảng. ${TROUBLE.fileFailed}`, 'a câu tiếp theo']);
    expect(post.sendings[0]?.file).toBeUndefined();
  });
});

describe('A send that fails', () => {
  it('is tried again before anything later of its chat, and keeps no other chat waiting', async () => {
    const post = office(({ id }, attempt) =>
      id === 'e1:0' && attempt <= 3 ? { outcome: 'retry', why: 'busy', seconds: 0.02 } : SENT,
    );
    await post.say('post:a', '1', '2');
    await post.say('post:b', '1');
    const deliverer = post.start();
    await settled(post.sends, 2);
    expect(post.sends.slice(0, 2).sort()).toEqual(['a 1', 'b 1']);
    // News for the same chat must not push past the one that waits, however often somebody wakes us.
    await post.say('post:a', '3');
    for (let n = 0; n < 5; n++) deliverer.wake();
    await settled(post.sends, 7);
    expect(post.sends.filter((each) => each.startsWith('a'))).toEqual([
      'a 1',
      'a 1',
      'a 1',
      'a 1',
      'a 2',
      'a 3',
    ]);
    await vi.waitFor(async () => expect(await post.waiting()).toEqual([]));
  });

  it('waits as long as the platform asked', async () => {
    vi.useFakeTimers();
    const post = office((_, attempt) =>
      attempt === 1 ? { outcome: 'retry', why: '429', seconds: 17 } : SENT,
    );
    await post.say('post:a', '1');
    post.start();
    await vi.advanceTimersByTimeAsync(16_900);
    expect(post.sends).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(post.sends).toHaveLength(2);
  });

  it('waits longer each time, at most a minute, and is never given up', async () => {
    vi.useFakeTimers();
    const times: number[] = [];
    const post = office(() => {
      times.push(Date.now());
      return { outcome: 'retry', why: 'busy' };
    });
    await post.say('post:a', '1');
    post.start();
    await vi.advanceTimersByTimeAsync(600_000);
    const pauses = times.slice(1).map((at, n) => Math.round((at - (times[n] ?? 0)) / 500) / 2);
    expect(pauses.slice(0, 9)).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60]);
    expect(await post.waiting()).toEqual(['1']);
  });

  it('but may have arrived is not repeated, and the next message goes out', async () => {
    const post = office(({ seq }) => (seq === 1 ? { outcome: 'unknown', why: 'connection lost' } : SENT));
    await post.say('post:a', '1', '2');
    post.start().wake();
    await settled(post.sends, 2);
    await pause(30);
    expect(post.sends).toEqual(['a 1', 'a 2']);
    expect(await post.waiting()).toEqual([]);
  });

  it('but may have arrived is sent once more when it waits for a tap and nobody goes on', async () => {
    const question = { text: ['?'], buttons: [[{ label: 'Có', action: 'x' }]] };
    const post = office(() => ({ outcome: 'unknown', why: 'connection lost' }));
    await post.say('post:a', question);
    const deliverer = post.start();
    await settled(post.sends, 2);
    deliverer.wake();
    await vi.waitFor(async () => expect(await post.waiting()).toEqual([]));
    expect(post.sends).toEqual(['a ?', 'a ?']);
  });

  it('but may have arrived is left alone when the person goes on, and the answer follows at once', async () => {
    const question = { text: ['?'], buttons: [[{ label: 'Có', action: 'x' }]] };
    const post = office(({ seq }) => (seq === 1 ? { outcome: 'unknown', why: 'connection lost' } : SENT));
    await post.say('post:a', question);
    const deliverer = post.start();
    await settled(post.sends, 1);
    await post.say('post:a', { ...question, text: ['next'] });
    deliverer.wake();
    await settled(post.sends, 2);
    expect(post.sends).toEqual(['a ?', 'a next']);
    await vi.waitFor(async () => expect(await post.waiting()).toEqual([]));
  });

  it('but may have arrived is asked once more when what came since asks nothing', async () => {
    const question = { text: ['?'], buttons: [[{ label: 'Có', action: 'x' }]] };
    const post = office(({ seq }, attempt) =>
      seq === 1 && attempt === 1 ? { outcome: 'unknown', why: 'connection lost' } : SENT,
    );
    await post.say('post:a', question);
    const deliverer = post.start();
    await settled(post.sends, 1);
    await post.say('post:a', 'Đã nhận ảnh');
    deliverer.wake('post:a');
    await settled(post.sends, 3);
    expect(post.sends).toEqual(['a ?', 'a ?', 'a Đã nhận ảnh']);
  });

  it('because the channel threw counts as one that may have arrived', async () => {
    const post = office(({ seq }) => {
      if (seq === 1) throw new Error('a bug');
      return SENT;
    });
    await post.say('post:a', '1', '2');
    post.start();
    await settled(post.sends, 2);
    expect(post.sends).toEqual(['a 1', 'a 2']);
    await vi.waitFor(async () => expect(await post.waiting()).toEqual([]));
  });

  it('to somebody out of reach is kept, told to the shell once, and sent when that person is heard from', async () => {
    let blocked = true;
    const post = office(({ chat }) =>
      chat === 'lan' && blocked ? { outcome: 'held', hold: 'blocked', why: 'blocked the bot' } : SENT,
    );
    await post.say('post:lan', '1', '2');
    await post.say('post:b', 'hello');
    const deliverer = post.start();
    await settled(post.sends, 3);
    await vi.waitFor(async () => expect(await post.waiting()).toEqual(['1', '2']));
    expect(post.told).toEqual(['post:lan e1:0:unreachable reachable', 'post:lan e1:1:unreachable reachable']);
    for (let n = 0; n < 3; n++) deliverer.wake('post:b');
    await pause(50);
    expect(post.sends).toHaveLength(3);
    blocked = false;
    deliverer.wake('post:lan');
    await settled(post.sends, 5);
    expect(post.sends.slice(3)).toEqual(['lan 1', 'lan 2']);
    await vi.waitFor(async () => expect(await post.waiting()).toEqual([]));
  });

  it('are answered at once to somebody who writes while an earlier one has to wait long', async () => {
    const post = office((_, attempt) =>
      attempt === 1 ? { outcome: 'retry', why: 'later', seconds: 3600 } : SENT,
    );
    await post.say('post:lan', '1');
    const deliverer = post.start();
    await settled(post.sends, 1);
    await pause(20);
    deliverer.wake('post:lan');
    await settled(post.sends, 2);
    expect(post.sends).toEqual(['lan 1', 'lan 1']);
  });

  it('of a channel that works again do not wait out their pause', async () => {
    const post = office((_, attempt) =>
      attempt === 1 ? { outcome: 'retry', why: 'cut off', seconds: 3600 } : SENT,
    );
    await post.say('post:lan', '1');
    await post.say('post:minh', '2');
    const deliverer = post.start();
    await settled(post.sends, 2);
    await pause(20);
    deliverer.resume('pos');
    await pause(50);
    expect(post.sends).toHaveLength(2);
    deliverer.resume('post');
    await settled(post.sends, 4);
  });

  it('that are held until some hour are tried again then', async () => {
    const post = office((_, attempt) =>
      attempt === 1 ? { outcome: 'held', hold: 'window', why: 'night', seconds: 0.05 } : SENT,
    );
    await post.say('post:lan', '1');
    post.start();
    await settled(post.sends, 2);
    await vi.waitFor(async () => expect(await post.waiting()).toEqual([]));
  });

  it('that are held until some hour are tried then once each, however many and however often', async () => {
    vi.useFakeTimers();
    const post = office(async () => {
      await pause(100);
      return { ...LATER, seconds: 3600 };
    });
    await post.say('post:lan', '1', '2', '3');
    post.start();
    await vi.advanceTimersByTimeAsync(5.5 * 3_600_000);
    const round = ['lan 1', 'lan 2', 'lan 3'];
    expect(post.sends).toEqual(Array.from({ length: 6 }, () => round).flat());
    expect(post.told).toEqual([]);
  });

  it('that are held until different hours are tried at the first of them', async () => {
    vi.useFakeTimers();
    const waits = [9, 1, 9, 9];
    const post = office(() => ({ ...LATER, seconds: 3600 * (waits.shift() ?? 99) }));
    await post.say('post:lan', '1', '2');
    post.start();
    await vi.advanceTimersByTimeAsync(0.9 * 3_600_000);
    expect(post.sends).toEqual(['lan 1', 'lan 2']);
    await vi.advanceTimersByTimeAsync(0.2 * 3_600_000);
    expect(post.sends).toEqual(['lan 1', 'lan 2', 'lan 1', 'lan 2']);
  });

  it('that are held until some hour do not wait for it when the person is heard from, and are not tried for it then', async () => {
    vi.useFakeTimers();
    const post = office(() => ({ ...LATER, seconds: 3600 }));
    await post.say('post:lan', '1');
    const deliverer = post.start();
    await vi.advanceTimersByTimeAsync(1_800_000);
    deliverer.wake('post:lan');
    await vi.advanceTimersByTimeAsync(3_000_000);
    expect(post.sends).toEqual(['lan 1', 'lan 1']);
    await vi.advanceTimersByTimeAsync(900_000);
    expect(post.sends).toHaveLength(3);
  });

  it('that are held are tried again when their channel is resumed, and nobody else is', async () => {
    const refused = { outcome: 'held', hold: 'refused', why: 'Zalo -248' } as const;
    const post = office((_, attempt) => (attempt === 1 ? refused : SENT));
    await post.say('post:lan', '1', '2');
    const deliverer = post.start();
    await settled(post.sends, 2);
    await vi.waitFor(async () => expect(await post.waiting()).toEqual(['1', '2']));
    deliverer.resume('pos');
    await pause(50);
    expect(post.sends).toHaveLength(2);
    deliverer.resume('post');
    await settled(post.sends, 4);
    await vi.waitFor(async () => expect(await post.waiting()).toEqual([]));
    expect(post.told).toEqual([]);
  });

  it('that are errands fetch a file through the channel, and hand in what came of it', async () => {
    const pdf = { bytes: new TextEncoder().encode('%PDF-1.7') };
    const answers: (typeof pdf | { fault: 'gone' } | Error)[] = [new Error('busy'), pdf, { fault: 'gone' }];
    const post = office(undefined, undefined, async () => {
      const answer = answers.shift() ?? { fault: 'gone' };
      if (answer instanceof Error) throw answer;
      return answer;
    });
    const errand = (name: string, size?: number): Message => ({
      text: [],
      fetch: { name, source: 'https://f.zdn.vn/x', ...(size === undefined ? {} : { size }) },
    });
    await post.say('post:lan', errand('a.pdf'), errand('b.xlsx'), errand('c.xlsx', 99_000_000), 'words');
    post.start();
    await settled(post.sends, 1);
    expect(post.sends).toEqual(['lan words']);
    expect(post.fetched).toEqual([
      ['a.pdf', { kind: 'pdf', bytes: 8 }],
      ['b.xlsx', { fault: 'gone' }],
      ['c.xlsx', { fault: 'tooBig' }],
    ]);
  });

  it('that must wait for the person is tried once more after a start, for settings may have changed', async () => {
    const storage = memoryStorage();
    const closed = office(() => ({ outcome: 'held', hold: 'window', why: '48 h', knocked: true }), storage);
    await closed.say('post:lan', '1');
    const before = closed.start();
    await vi.waitFor(async () => expect((await storage.unsent())[0]?.held?.knockedAt).toBeDefined());
    await before.stop(100);
    expect(closed.told).toEqual([]);
    const open = office(() => SENT, storage);
    open.start();
    await settled(open.sends, 1);
    expect(open.sendings[0]?.knockedAt).toBeDefined();
    await vi.waitFor(async () => expect(await open.waiting()).toEqual([]));
  });

  it('for want of its channel waits until the channel is there again', async () => {
    const post = office();
    await post.say('gone:a', '1');
    await post.say('post:a', '2');
    post.start();
    await settled(post.sends, 1);
    expect(post.sends).toEqual(['a 2']);
    await vi.waitFor(async () => expect(await post.waiting()).toEqual(['1']));
  });
});

describe('A store in trouble', () => {
  it('that cannot record what was sent is not flooded with repeats, and other chats go on', async () => {
    vi.useFakeTimers();
    const storage = memoryStorage();
    const broken: Storage = {
      ...storage,
      async markSent(id, delivery) {
        if (id === 'e1:0') throw new Error('disk full');
        return storage.markSent(id, delivery);
      },
    };
    const post = office(undefined, broken);
    await post.say('post:a', '1');
    await post.say('post:b', '1');
    const deliverer = post.start();
    for (let n = 0; n < 20; n++) {
      deliverer.wake();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(post.sends.sort()).toEqual(['a 1', 'b 1']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(post.sends.filter((each) => each === 'a 1').length).toBeLessThanOrEqual(3);
  });

  it('that cannot say what a message replaces loses no message', async () => {
    const storage = memoryStorage();
    let asked = 0;
    const flaky: Storage = {
      ...storage,
      async sentAs(conversation, key) {
        asked += 1;
        if (asked === 1) throw new Error('connection lost');
        return storage.sentAs(conversation, key);
      },
    };
    const post = office(undefined, flaky);
    await post.say('post:a', { text: ['✓'], replaces: 'q1' }, 'câu tiếp theo');
    post.start();
    await settled(post.sends, 2);
    expect(post.sends).toEqual(['a ✓', 'a câu tiếp theo']);
  });

  it('that cannot be read is read again', async () => {
    vi.useFakeTimers();
    const storage = memoryStorage();
    let asked = 0;
    const flaky: Storage = {
      ...storage,
      async unsent() {
        asked += 1;
        if (asked === 1) throw new Error('connection lost');
        return storage.unsent();
      },
    };
    const post = office(undefined, flaky);
    await post.say('post:a', '1');
    post.start();
    await vi.advanceTimersByTimeAsync(5_100);
    expect(post.sends).toEqual(['a 1']);
  });
});

describe('Stopping', () => {
  it('waits for the sends in hand, records them, and begins no other', async () => {
    const post = office(async () => {
      await pause(40);
      return SENT;
    });
    await post.say('post:a', '1', '2');
    const deliverer = post.start();
    await settled(post.sends, 1);
    await deliverer.stop(2_000);
    expect(await post.waiting()).toEqual(['2']);
    deliverer.wake();
    await pause(60);
    expect(post.sends).toEqual(['a 1']);
  });

  it('does not wait longer than it may for a send that hangs', async () => {
    const post = office(never);
    await post.say('post:a', '1');
    const deliverer = post.start();
    await settled(post.sends, 1);
    const from = performance.now();
    await deliverer.stop(50);
    expect(performance.now() - from).toBeLessThan(1_000);
    expect(await post.waiting()).toEqual(['1']);
  });
});

describe('Reminders that waited for somebody out of reach', () => {
  it('are one when the person comes back: the newest, and everything else that was kept', async () => {
    const storage = memoryStorage();
    let blocked = true;
    const post = office(() => (blocked ? HELD_BLOCKED : SENT), storage);
    const deliverer = post.start();
    const reminder = (n: number): Message => ({
      text: [`nhắc ${n}`],
      key: 'reminder:k/u',
      supersedes: 'reminder:k/u',
    });
    await post.say('post:lan', reminder(1));
    await post.say('post:lan', 'đã tiếp nhận');
    await post.say('post:lan', reminder(2));
    deliverer.wake();
    await vi.waitFor(() => expect(post.sends).toContain('lan nhắc 2'));
    await post.say('post:lan', reminder(3));
    blocked = false;
    post.sends.length = 0;
    deliverer.wake('post:lan');
    await vi.waitFor(() => expect(post.sends).toEqual(['lan đã tiếp nhận', 'lan nhắc 3']));
    expect(await storage.unsent()).toEqual([]);
  });
});

describe('A message that must not come twice', () => {
  const once: Message = { text: ['nhắc'], buttons: [[{ label: 'Nhập tiếp', action: 'x' }]], once: true };

  it('is noted as on its way before the platform is called, and is not sent again after a crash', async () => {
    const storage = memoryStorage();
    const crashed = office(() => never(), storage);
    await crashed.say('post:lan', once, 'sau');
    crashed.start();
    await vi.waitFor(() => expect(crashed.sends).toEqual(['lan nhắc']));
    await crashed.sendings[0]?.begin?.();
    expect((await storage.unsent())[0]?.begun).toBeDefined();
    const again = office(() => SENT, storage);
    again.start();
    await vi.waitFor(() => expect(again.sends).toEqual(['lan sau']));
    expect(await storage.fate('post:lan', 'e1:0')).toEqual({ is: 'unknown' });
  });

  it('is sent when the crash came before that, and when the platform surely did not take it', async () => {
    const storage = memoryStorage();
    const crashed = office(() => never(), storage);
    await crashed.say('post:lan', once);
    crashed.start();
    await vi.waitFor(() => expect(crashed.sends).toHaveLength(1));
    let tries = 0;
    const again = office(async ({ begin }) => {
      await begin?.();
      tries += 1;
      return tries === 1 ? { outcome: 'retry', why: 'busy', seconds: 0.01 } : SENT;
    }, storage);
    again.start();
    await vi.waitFor(async () => expect(await storage.unsent()).toEqual([]));
    expect(again.sends).toEqual(['lan nhắc', 'lan nhắc']);
  });

  it('is not repeated when its answer was lost', async () => {
    const post = office(() => ({ outcome: 'unknown', why: 'cut off' }));
    await post.say('post:lan', once);
    post.start();
    await vi.waitFor(async () => expect(await post.waiting()).toEqual([]));
    await pause(50);
    expect(post.sends).toEqual(['lan nhắc']);
  });
});

// The shell around a turn: what happens when a flow, the store or another writer gets in the way, and that order is kept.
import { describe, expect, it, vi } from 'vitest';
import { createApp } from '../src/app.ts';
import type { Channel } from '../src/channels/channel.ts';
import type { Event } from '../src/domain/event.ts';
import type { Template } from '../src/domain/template.ts';
import { createLog } from '../src/log.ts';
import { TROUBLE } from '../src/text/menu.ts';
import { StorageError } from '../storage/errors.ts';
import type { Storage } from '../storage/storage.ts';
import { CAN } from './support/can.ts';
import { allTemplates, buttonsOf, createWorld, plain, TIMEZONE } from './support/world.ts';

const SETUP = {
  template: 'ubnd-thi-xa-nga-nam',
  unit: 'UBND thị xã Ngã Năm',
  period: '2022-Q3',
  now: '2022-09-16T01:00:00Z',
};
const WEB = 'web:0123';

/** A channel; the one named "web" has no history of its own. */
const channel = (name: string): Channel => ({
  name,
  can: { ...CAN, history: name !== 'web' },
  start: async () => {},
  send: async () => ({ outcome: 'sent' }),
  inviteLink: () => undefined,
  notices: () => [],
  stop: async () => {},
});

type Options = {
  /** Verbs of the store in other hands. */
  readonly over?: (storage: Storage) => Partial<Storage>;
  readonly templates?: readonly Template[];
};

/** A shell of its own over the store of a world in which the officers Lan and Minh of one unit are asked the first question. */
async function shell({ over = () => ({}), templates }: Options = {}) {
  const world = await createWorld(SETUP);
  const [lan, minh] = [await world.join('Lan'), await world.join('Minh')];
  const { storage } = world;
  const log = createLog('silent');
  const errors = vi.spyOn(log, 'error');
  const wake = vi.fn();
  const app = createApp({
    storage: { ...storage, ...over(storage) },
    templates: templates ?? (await allTemplates()),
    channels: [channel('test'), channel('web')],
    deliverer: { wake, resume: () => {}, stop: async () => {} },
    timezone: TIMEZONE,
    holidays: {},
    now: () => new Date(SETUP.now),
    log,
  });
  return {
    ...{ app, world, storage, lan, minh, errors, wake },
    /** What waits to be said in a conversation. */
    said: async (conversation: string) =>
      (await storage.unsent()).flatMap((out) =>
        out.conversation === conversation ? [plain(out.message)] : [],
      ),
    waiting: async (conversation: string) =>
      (await storage.sessions()).find((each) => each.conversation === conversation)?.waiting,
    answers: async () =>
      (await storage.history('k1/u1')).flatMap(({ change }) =>
        change.type === 'answer_set' ? [change] : [],
      ),
  };
}

let events = 0;
const next = (): string => {
  events += 1;
  return `e${events}`;
};
const typed = (conversation: string, text: string): Event => ({
  ...{ id: next(), conversation, at: SETUP.now },
  ...{ type: 'text', text },
});
const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

describe('A flow that throws', () => {
  const broken = async (): Promise<readonly Template[]> =>
    (await allTemplates()).map((template) => ({
      ...template,
      get byId(): never {
        throw new Error('a bug in a flow');
      },
    }));

  it('makes one apology, keeps the position, and counts the event as handled', async () => {
    const office = await shell({ templates: await broken() });
    const before = await office.waiting(office.lan);
    const event = typed(office.lan, '60');
    await office.app.receive(event);
    await office.app.receive(event);
    expect(await office.said(office.lan)).toEqual([TROUBLE.apology]);
    expect(before).toMatchObject({ flow: 'fill', indicator: 'ke-hoach-ty-le' });
    expect(await office.waiting(office.lan)).toEqual(before);
    expect(await office.answers()).toEqual([]);
    expect(office.wake).toHaveBeenCalledTimes(1);
    expect(office.errors).toHaveBeenCalledTimes(1);
    expect(office.errors.mock.calls[0]?.[0]).toMatchObject({ event: event.id });
  });

  it('does not keep the officer from going on where they were', async () => {
    const office = await shell({ templates: await broken() });
    await office.app.receive(typed(office.lan, '60'));
    const seen = await office.world.say(office.lan, '60');
    expect(seen.map(({ message }) => plain(message)).join()).toContain('✓ Tỷ lệ hoàn thành Kế hoạch');
    expect(await office.answers()).toHaveLength(1);
  });
});

describe('A store that refuses', () => {
  it.each(['load', 'commit'] as const)(
    'to %s makes receive reject, with nothing said or recorded',
    async (verb) => {
      let away = true;
      const office = await shell({
        over: (storage) => ({
          [verb]: async (given: never) => {
            if (away) throw new Error('the disk is full');
            return storage[verb](given);
          },
        }),
      });
      const event = typed(office.lan, '60');
      await expect(office.app.receive(event)).rejects.toThrow('the disk is full');
      expect(await office.said(office.lan)).toEqual([]);
      expect(await office.answers()).toEqual([]);
      expect(office.wake).not.toHaveBeenCalled();
      // The platform repeats what was not acknowledged.
      away = false;
      await office.app.receive(event);
      expect(await office.said(office.lan)).toEqual([expect.stringMatching(/^✓[\s\S]*Chỉ tiêu 2\//)]);
      expect(await office.answers()).toHaveLength(1);
    },
  );

  it('one turn does not stop the next of the same conversation', async () => {
    const office = await shell({
      over: (storage) => ({
        commit: async (turn) => {
          if (turn.event === first.id) throw new Error('the disk is full');
          return storage.commit(turn);
        },
      }),
    });
    const first = typed(office.lan, '60');
    const [one, two] = await Promise.allSettled([
      office.app.receive(first),
      office.app.receive(typed(office.lan, '70')),
    ]);
    expect([one?.status, two?.status]).toEqual(['rejected', 'fulfilled']);
    expect((await office.answers()).map(({ answer }) => answer.value)).toMatchObject([{ number: 70 }]);
  });
});

describe('A turn that needs what is damaged', () => {
  it('ends in one apology and counts as handled, so that what comes behind it is not kept waiting', async () => {
    const office = await shell({
      over: (storage) => ({
        commit: async (turn) => {
          if (turn.changes.length > 0) throw new StorageError('damaged', 'closed/k0.jsonl is damaged');
          return storage.commit(turn);
        },
      }),
    });
    const before = await office.waiting(office.lan);
    const event = typed(office.lan, '60');
    await office.app.receive(event);
    await office.app.receive(event);
    expect(await office.said(office.lan)).toEqual([TROUBLE.apology]);
    expect(await office.waiting(office.lan)).toEqual(before);
    expect(await office.answers()).toEqual([]);
    expect(office.errors).toHaveBeenCalledTimes(1);
  });
});

describe('Somebody else who writes to the same report', () => {
  it('makes a turn be done again over what they wrote, and nothing of either is lost', async () => {
    let colleague: (() => Promise<unknown>) | undefined;
    const office = await shell({
      over: (storage) => ({
        commit: async (turn) => {
          const first = colleague;
          colleague = undefined;
          await first?.();
          return storage.commit(turn);
        },
      }),
    });
    colleague = () => office.world.say(office.minh, '50');
    await office.app.receive(typed(office.lan, '60'));
    expect((await office.answers()).map(({ answer }) => answer.value)).toMatchObject([{ number: 50 }]);
    const said = (await office.said(office.lan)).join('\n');
    expect(said).toContain('Minh');
    expect(said).toContain('50');
    expect(said).not.toContain('✓');
    await office.app.receive(typed(office.lan, 'ghi 60'));
    const recorded = await office.answers();
    expect(recorded.map(({ indicator }) => indicator)).toEqual(['ke-hoach-ty-le', 'ke-hoach-ty-le']);
    expect(recorded[1]).toMatchObject({ answer: { value: { number: 60 } }, was: { value: { number: 50 } } });
  });

  it('together with many others at the same moment, is not turned away', async () => {
    const office = await shell();
    const crowd = [office.lan, office.minh];
    for (let n = 0; n < 8; n++) crowd.push(await office.world.join(`Cán bộ ${n}`));
    const events = crowd.flatMap((who) => Array.from({ length: 6 }, () => typed(who, '7')));
    await Promise.all(events.map((event) => office.app.receive(event)));
    for (const who of crowd) expect((await office.storage.session(who))?.lastAt).toBeDefined();
    for (const event of events)
      expect((await office.storage.load({ conversation: event.conversation, event: event.id })).handled).toBe(
        true,
      );
  });

  it('again and again ends in a rejection that names the event, after a bounded number of tries', async () => {
    let tries = 0;
    const office = await shell({
      over: () => ({
        commit: async () => {
          tries += 1;
          return 'stale';
        },
      }),
    });
    const event = typed(office.lan, '60');
    await expect(office.app.receive(event)).rejects.toThrow(event.id);
    expect(tries).toBe(100);
    expect(await office.said(office.lan)).toEqual([]);
  });

  it('at the same moment from two phones loses no answer', async () => {
    const office = await shell();
    await Promise.all(
      numbers(30).flatMap((n) => [
        office.app.receive(typed(office.lan, `/ghichu Lan ${n}`)),
        office.app.receive(typed(office.minh, `/ghichu Minh ${n}`)),
      ]),
    );
    const notes = (await office.answers()).map(({ answer }) => answer.note ?? '');
    for (const name of ['Lan', 'Minh'])
      expect(notes.filter((note) => note.startsWith(name))).toEqual(numbers(30).map((n) => `${name} ${n}`));
  });
});

describe('A conversation', () => {
  it('has a burst of 100 events handled in their order, whatever time each takes', async () => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    const office = await shell({
      over: (storage) => ({
        load: (ask) => pause().then(() => storage.load(ask)),
        commit: (turn) => pause().then(() => storage.commit(turn)),
      }),
    });
    await Promise.all(numbers(100).map((n) => office.app.receive(typed(office.lan, `/ghichu lần ${n}`))));
    expect((await office.answers()).map(({ answer }) => answer.note)).toEqual(
      numbers(100).map((n) => `lần ${n}`),
    );
    expect(await office.said(office.lan)).toEqual(
      numbers(100).map((n) => expect.stringMatching(new RegExp(`: lần ${n}\n`))),
    );
  });

  it('does not wait for another whose store call hangs', async () => {
    const office = await shell({
      over: (storage) => ({
        load: (ask) => (ask.conversation === 'test:Minh' ? new Promise(() => {}) : storage.load(ask)),
      }),
    });
    void office.app.receive(typed(office.minh, '50'));
    await office.app.receive(typed(office.lan, '60'));
    expect(await office.answers()).toHaveLength(1);
  });

  it('in which an event comes twice at once hears one answer', async () => {
    const office = await shell();
    const event = typed(office.lan, '60');
    await Promise.all([office.app.receive(event), office.app.receive(event), office.app.receive(event)]);
    expect(await office.said(office.lan)).toHaveLength(1);
    expect(await office.answers()).toHaveLength(1);
  });

  it('is finished before the shell stops', async () => {
    const office = await shell();
    const received = numbers(5).map((n) => office.app.receive(typed(office.lan, `/ghichu lần ${n}`)));
    await office.app.stop();
    expect(await office.answers()).toHaveLength(5);
    await Promise.all(received);
  });
});

describe('What was done lately', () => {
  it('is read only for a turn that looks at it, which then takes back what it finds', async () => {
    const asked: string[] = [];
    const office = await shell({
      over: (storage) => ({
        recent: async (unit) => {
          asked.push(unit);
          return storage.recent(unit);
        },
      }),
    });
    await office.app.receive(typed(office.lan, '60'));
    expect(asked).toEqual([]);
    await office.app.receive(typed(office.lan, '/hoantac'));
    expect(asked).toEqual(['u1']);
    expect((await office.said(office.lan)).at(-1)).toContain('Đã hoàn tác');
    expect((await office.storage.report('k1/u1'))?.answers).toEqual({});
  });
});

describe('A channel without a history of its own', () => {
  it('is given what the person typed and pressed, before the answer to it, and never a code', async () => {
    const office = await shell();
    const code = await office.world.invite('Hoa');
    await office.app.receive(typed(WEB, `/start ${code}`));
    await office.app.receive(typed(WEB, '60'));
    const shown = await office.storage.transcript(WEB, 0, 100);
    const skip = shown
      .flatMap(({ message }) => buttonsOf(message))
      .findLast(({ label }) => label === 'Để sau');
    await office.app.receive({
      ...{ id: next(), conversation: WEB, at: SETUP.now },
      ...{ type: 'button', action: skip?.action ?? '' },
    });
    const all = (await office.storage.transcript(WEB, 0, 100)).map(({ message }) => message);
    const mine = all.flatMap((message, n) =>
      message.mine ? [[plain(message), plain(all[n + 1] ?? message)]] : [],
    );
    expect(mine).toEqual([
      [TROUBLE.invited, expect.stringContaining('Xin chào')],
      ['60', expect.stringMatching(/^✓ /)],
      ['Để sau', expect.stringMatching(/^↷ /)],
    ]);
    expect(JSON.stringify(all)).not.toContain(code);
  });

  it('is the only one that is given them', async () => {
    const office = await shell();
    await office.app.receive(typed(office.lan, '60'));
    const all = await office.storage.transcript(office.lan, 0, 100);
    expect(all.filter(({ message }) => message.mine)).toEqual([]);
  });
});

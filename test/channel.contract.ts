// What every channel promises, as tests that any channel can run against a stand-in of its platform.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel, PictureSource, Sending } from '../src/channels/channel.ts';
import { createPace, type Rates } from '../src/channels/pace.ts';
import type { Message } from '../src/domain/conversation.ts';
import type { Event } from '../src/domain/event.ts';
import {
  type ContractSeen,
  type ContractTable,
  expectForm,
  expectPictures,
  formsOf,
  openTable,
} from './channel.contract.table.ts';

/** A channel that is not started yet, and one person on its platform who has never written. */
export type ContractSubject = {
  readonly channel: Channel;
  /** The person's chat on the platform. */
  readonly chat: string;
  /** The pace that the channel keeps; undefined: none. */
  readonly pace: Rates | undefined;
  say(text: string): void;
  press(label: string): void;
  /** What the person sees of the bot's messages, in order. */
  seen(): Promise<readonly ContractSeen[]>;
  /** For a channel that shows what stands in the store: everything is stored before it is sent. */
  store?(sending: Sending): void;
  /** The platform refuses the first so many forms of the next table. Only where there is more than one. */
  refuseForms?(count: number): void;
  /** blocks: the person can forbid the bot to write. returns: they can only look away, and come back. */
  readonly absence:
    | { readonly kind: 'blocks'; block(): void }
    | { readonly kind: 'returns'; leave(): Promise<void>; comeBack(): Promise<void> };
  close(): Promise<void>;
};

/** Texts are tried at twice the declared limit, or at twice this (UTF-16 units) where there is none. */
const LONG = 50_000;

/** Registers the suite. `make` gives a fresh subject for every test. */
export function channelContract(name: string, make: () => Promise<ContractSubject>): void {
  describe(`${name}, as every channel,`, () => {
    let subject: ContractSubject;
    let events: Event[];
    let tables: ContractTable[];
    let number = 0;

    const send = (message: Message, more: Partial<Sending> = {}): ReturnType<Channel['send']> => {
      number += 1;
      const sending = { id: `out:${number}`, seq: number, chat: subject.chat, message, ...more };
      subject.store?.(sending);
      return subject.channel.send(sending);
    };
    const sendTable = async (): Promise<ContractTable> => {
      const table = await openTable();
      tables.push(table);
      const carried = table.carried(subject.channel.can.files);
      const message = { text: ['Biểu đây ạ'], file: { report: 'r1' } };
      expect(await send(message, carried)).toMatchObject({ outcome: 'sent' });
      return table;
    };
    const heard = (count: number): Promise<void> =>
      vi.waitFor(() => expect(events).toHaveLength(count), 5000);
    /** What is sent may still be on its way to the person. */
    const sees = (check: (seen: readonly ContractSeen[]) => void): Promise<void> =>
      vi.waitFor(async () => check(await subject.seen()), 5000);

    beforeEach(async () => {
      subject = await make();
      [events, tables] = [[], []];
      await subject.channel.start(async (event) => {
        events.push(event);
      });
      subject.say('chào');
      await heard(1);
    });
    afterEach(async () => {
      await subject.close();
      await Promise.all(tables.map((table) => table.close()));
    });

    it('hears what a person says', () => {
      expect(events[0]).toMatchObject({
        type: 'text',
        text: 'chào',
        conversation: `${subject.channel.name}:${subject.chat}`,
      });
      expect(new Date(events[0]?.at ?? '').toISOString()).toBe(events[0]?.at);
    });

    it('gives every event an id of its own', async () => {
      subject.say('chào');
      await heard(2);
      expect(events[0]?.id).not.toBe(events[1]?.id);
    });

    it('sends a text exactly as it was written, bold or not', async () => {
      const result = await send({ text: ['Tỷ lệ <b> & "đúng hạn": ', { bold: '98,5 % < 100' }, '\nhết.'] });
      expect(result.outcome).toBe('sent');
      await sees((seen) =>
        expect(seen.map(({ text }) => text)).toEqual(['Tỷ lệ <b> & "đúng hạn": 98,5 % < 100\nhết.']),
      );
    });

    it('cuts a text that is longer than it declares, and no other, without losing a line', async () => {
      const most = subject.channel.can.text;
      const lines = Array.from(
        { length: Math.min(most, LONG) / 20 },
        (_, n) => `Dòng ${n}: ${'ă'.repeat(30)}`,
      );
      const whole = lines.join('\n');
      expect(await send({ text: [whole] })).toMatchObject({ outcome: 'sent' });
      await sees((seen) => expect(seen.map(({ text }) => text).join('\n')).toBe(whole));
      const lengths = (await subject.seen()).map(({ text }) => text.length);
      expect(lengths.length > 1).toBe(whole.length > most);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(most);
    });

    it('offers every choice: as many buttons as it declares, or all in the text', async () => {
      const labels = Array.from({ length: 12 }, (_, n) => `Phương án ${String.fromCharCode(65 + n)}`);
      const buttons = labels.map((label, n) => [{ label, action: `choose:${n}` }]);
      expect(await send({ text: ['Chọn gì ạ?'], buttons })).toMatchObject({ outcome: 'sent' });
      const areButtons = labels.length <= subject.channel.can.buttons;
      await sees(([message, ...more]) => {
        expect(more).toEqual([]);
        expect(message?.buttons).toEqual(areButtons ? labels : []);
        expect(labels.filter((label) => message?.text.includes(label))).toEqual(areButtons ? [] : labels);
      });
    });

    it('hears which button was pressed', async ({ skip }) => {
      skip(subject.channel.can.buttons === 0, 'it declares no buttons');
      const buttons = [[{ label: 'Đúng', action: 'yes:1' }], [{ label: 'Sửa', action: 'no:1' }]];
      await send({ text: ['Đúng chưa ạ?'], buttons });
      await sees((seen) => expect(seen[0]?.buttons).toEqual(['Đúng', 'Sửa']));
      subject.press('Sửa');
      await heard(2);
      expect(events[1]).toMatchObject({
        type: 'button',
        action: 'no:1',
        conversation: events[0]?.conversation,
      });
    });

    it('puts a new message in the place of an old one, whose buttons go, or after it where it cannot', async () => {
      const { edit } = subject.channel.can;
      const replacing = async (message: Message, before: Awaited<ReturnType<typeof send>>) => {
        const replaces = before.outcome === 'sent' ? before.platform : undefined;
        if (replaces === undefined) throw new Error('the channel gave no id');
        return send({ key: 'hỏi', replaces: 'hỏi', ...message }, { replaces });
      };
      const buttons = [[{ label: 'Bỏ qua', action: 'skip' }]];
      const asked = await send({ key: 'hỏi', text: ['Câu hỏi'], buttons });
      const told = await replacing({ text: ['✓ Đã ghi'] }, asked);
      const now = edit ? ['✓ Đã ghi'] : [expect.stringContaining('Câu hỏi'), '✓ Đã ghi'];
      await sees((seen) => expect(seen.map(({ text }) => text)).toEqual(now));
      expect((await subject.seen()).at(-1)?.buttons).toEqual([]);
      await replacing({ text: ['✓ Đã sửa'] }, told);
      const then = edit ? ['✓ Đã sửa'] : [...now, '✓ Đã sửa'];
      await sees((seen) => expect(seen.map(({ text }) => text)).toEqual(then));
    });

    it('sends a table as the first form that it declares, byte for byte', async () => {
      const sent = await sendTable();
      await sees((seen) => expectForm(subject.channel, 0, seen, sent));
    });

    it('sends a table as the next form that it declares when the platform refuses those before, at last as words alone', async ({
      skip,
    }) => {
      const forms = formsOf(subject.channel);
      skip(forms.length <= 1, 'it declares a single form');
      if (!subject.refuseForms) throw new Error('the platform must be able to refuse a form');
      for (let form = 1; form <= forms.length; form += 1) {
        const before = (await subject.seen()).length;
        subject.refuseForms(form);
        const sent = await sendTable();
        await sees((seen) => expectForm(subject.channel, form, seen.slice(before), sent));
      }
    });

    const sendPictures = async (pictures: Partial<PictureSource> = {}): Promise<ContractTable> => {
      const table = await openTable();
      tables.push(table);
      const message = { text: ['Ảnh đây ạ'], pictures: { report: 'r1' } };
      const carried = { pictures: { ...table.pictures, ...pictures } };
      expect(await send(message, carried)).toMatchObject({ outcome: 'sent' });
      return table;
    };

    it('sends the pictures of a message after its words, in the way that it declares, byte for byte', async () => {
      const sent = await sendPictures();
      await sees((seen) => expectPictures(subject.channel, 'Ảnh đây ạ', seen, sent));
    });

    it('says the words, and what comes later, although their pictures cannot be had', async () => {
      const fail = async (): Promise<never> => {
        throw new Error('it cannot be drawn');
      };
      await sendPictures({ make: fail, link: fail });
      expect(await send({ text: ['Câu tiếp theo'] })).toMatchObject({ outcome: 'sent' });
      await sees((seen) => {
        expect(seen.map(({ text }) => text)).toEqual(['Ảnh đây ạ', 'Câu tiếp theo']);
        expect(seen.flatMap(({ picture, pictures = [] }) => [picture ?? [], ...pictures]).flat()).toEqual([]);
      });
    });

    it('speaks as fast as it declares, and no faster', async () => {
      const { rate } = subject.channel.can;
      expect(subject.pace === undefined).toBe(rate === undefined);
      if (subject.pace === undefined || rate === undefined) return;
      let now = 0;
      const sleep = async (ms: number): Promise<void> => {
        now += ms;
      };
      const { turn } = createPace(subject.pace, () => now, sleep);
      let calls = 0;
      for (; now < 60_000; calls += 1) await turn(`chat ${calls}`);
      expect(calls).toBeGreaterThanOrEqual(rate);
      expect(calls).toBeLessThanOrEqual(rate + subject.pace.all.burst);
    });

    it('says that a person who blocked it cannot be reached', async ({ skip }) => {
      if (subject.absence.kind !== 'blocks') return skip('nobody can block it');
      subject.absence.block();
      const result = await send({ text: ['Anh/chị ơi'] });
      expect(result).toMatchObject({ outcome: 'held', hold: 'blocked' });
    });

    it('shows a person who comes back what was said meanwhile, once', async ({ skip }) => {
      if (subject.absence.kind !== 'returns') return skip('the platform keeps the messages');
      await send({ text: ['trước'] });
      await sees((seen) => expect(seen).toHaveLength(1));
      await subject.absence.leave();
      expect(await send({ text: ['Anh/chị ơi'] })).toMatchObject({ outcome: 'sent' });
      expect(await subject.seen()).toHaveLength(1);
      await subject.absence.comeBack();
      await send({ text: ['sau'] });
      await sees((seen) => expect(seen.map(({ text }) => text)).toEqual(['trước', 'Anh/chị ơi', 'sau']));
    });

    it('stops within five seconds and hears nothing afterwards', async () => {
      const before = performance.now();
      await subject.channel.stop();
      expect(performance.now() - before).toBeLessThan(5000);
      subject.say('còn ai không');
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(events).toHaveLength(1);
    });
  });
}

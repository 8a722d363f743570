// What every channel promises, as tests that any channel can run against a stand-in of its platform.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel, Sending } from '../src/channels/channel.ts';
import type { Event, Message } from '../src/domain/conversation.ts';

/** A channel that is not started yet, and one person on its platform who has never written. */
export type ContractSubject = {
  readonly channel: Channel;
  /** The person's chat on the platform. */
  readonly chat: string;
  say(text: string): void;
  press(label: string): void;
  /** What the person sees of the bot's messages, in order. */
  seen(): { text: string; buttons: string[]; file?: { name: string; bytes: Uint8Array } }[];
  /** The person does not want to hear from the bot any more. */
  leave(): void;
  close(): Promise<void>;
};

/** Registers the suite. `make` gives a fresh subject for every test. */
export function channelContract(name: string, make: () => Promise<ContractSubject>): void {
  describe(`${name}, as every channel,`, () => {
    let subject: ContractSubject;
    let events: Event[];
    let number = 0;

    const sending = (message: Message, more: Partial<Sending> = {}): Sending => {
      number += 1;
      return { id: `out:${number}`, seq: number, chat: subject.chat, message, ...more };
    };
    const heard = (count: number): Promise<void> =>
      vi.waitFor(() => expect(events).toHaveLength(count), 5000);

    beforeEach(async () => {
      subject = await make();
      events = [];
      await subject.channel.start(async (event) => {
        events.push(event);
      });
      subject.say('chào');
      await heard(1);
    });
    afterEach(() => subject.close());

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
      const result = await subject.channel.send(
        sending({ text: ['Tỷ lệ <b> & "đúng hạn": ', { bold: '98,5 % < 100' }, '\nhết.'] }),
      );
      expect(result.outcome).toBe('sent');
      expect(subject.seen().map(({ text }) => text)).toEqual(['Tỷ lệ <b> & "đúng hạn": 98,5 % < 100\nhết.']);
    });

    it('sends a text longer than one message without losing a line', async () => {
      const lines = Array.from(
        { length: subject.channel.can.text / 20 },
        (_, n) => `Dòng ${n}: ${'ă'.repeat(30)}`,
      );
      expect(await subject.channel.send(sending({ text: [lines.join('\n')] }))).toMatchObject({
        outcome: 'sent',
      });
      const seen = subject.seen().map(({ text }) => text);
      expect(seen.length).toBeGreaterThan(1);
      expect(seen.every((text) => text.length <= subject.channel.can.text)).toBe(true);
      expect(seen.join('\n').split('\n')).toEqual(lines);
    });

    it('shows buttons and hears which one was pressed', async ({ skip }) => {
      if (subject.channel.can.buttons === 0) skip();
      const buttons = [[{ label: 'Đúng', action: 'yes:1' }], [{ label: 'Sửa', action: 'no:1' }]];
      await subject.channel.send(sending({ text: ['Đúng chưa ạ?'], buttons }));
      expect(subject.seen()[0]?.buttons).toEqual(['Đúng', 'Sửa']);
      subject.press('Sửa');
      await heard(2);
      expect(events[1]).toMatchObject({
        type: 'button',
        action: 'no:1',
        conversation: events[0]?.conversation,
      });
    });

    it('puts a new message in the place of an old one, whose buttons go', async ({ skip }) => {
      if (!subject.channel.can.edit) skip();
      const first = await subject.channel.send(
        sending({ text: ['Câu hỏi'], buttons: [[{ label: 'Bỏ qua', action: 'skip' }]] }),
      );
      const replaces = first.outcome === 'sent' ? first.platform : undefined;
      if (replaces === undefined) throw new Error('the channel can edit but gave no id');
      const second = await subject.channel.send(sending({ text: ['✓ Đã ghi'] }, { replaces }));
      expect(second).toEqual({ outcome: 'sent', platform: replaces });
      expect(subject.seen()).toMatchObject([{ text: '✓ Đã ghi', buttons: [] }]);
    });

    it('sends a file byte for byte', async ({ skip }) => {
      if (!subject.channel.can.files.includes('xlsx')) skip();
      const bytes = Uint8Array.from({ length: 5000 }, (_, n) => (n * 7) % 256);
      const file = { name: 'phu-luc.xlsx', type: 'application/octet-stream', bytes };
      expect(await subject.channel.send(sending({ text: ['Biểu đây ạ'] }, { file }))).toMatchObject({
        outcome: 'sent',
      });
      const received = subject.seen().find((message) => message.file)?.file;
      expect(received?.name).toBe('phu-luc.xlsx');
      expect(Buffer.from(received?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
    });

    it('says that a person who left cannot be reached', async () => {
      subject.leave();
      const result = await subject.channel.send(sending({ text: ['Anh/chị ơi'] }));
      expect(result).toMatchObject({ outcome: 'held', hold: 'blocked' });
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

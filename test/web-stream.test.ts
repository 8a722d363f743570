// The live stream of the web chat without a socket: it loses nothing, repeats nothing, and ends when it should.
import { describe, expect, it } from 'vitest';
import { createListeners, follow, type WebMessage } from '../src/channels/web-stream.ts';
import { conversationOf, message, openOffice, seqs } from './support/web-office.ts';

describe('the live stream', () => {
  async function withHistory(count: number) {
    const chat = await openOffice();
    const cookie = await chat.visit();
    const conversation = await conversationOf(chat, cookie);
    chat.stored[conversation] = Array.from({ length: count }, (_, n) => message(n + 1));
    const send = (seq: number) =>
      chat.channel.send({ id: `e${seq}:0`, seq, chat: conversation.slice(4), message: message(seq).message });
    const stream = (path = '/api/stream', headers: Record<string, string> = {}) =>
      chat.app.request(path, { headers: { cookie, ...headers } });
    return { ...chat, cookie, conversation, send, stream };
  }

  it('begins with at most the newest 60 messages', async () => {
    const chat = await withHistory(70);
    const response = await chat.stream();
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const got = await seqs(response, 60);
    expect(got.seqs).toEqual(Array.from({ length: 60 }, (_, n) => n + 11));
    expect(got.text.startsWith('retry: 1000\n\n')).toBe(true);
    expect(got.text).toMatch(/event: hello\ndata: {"chat":"[0-9a-f]{8}","count":60}\n\n/);
    expect(got.text).toContain(`data: ${JSON.stringify(message(11))}\nid: 11\n\n`);
  });

  it('goes on after the last message that the page has', async () => {
    const chat = await withHistory(5);
    expect((await seqs(await chat.stream('/api/stream', { 'last-event-id': '3' }), 2)).seqs).toEqual([4, 5]);
    expect((await seqs(await chat.stream('/api/stream?after=4'), 1)).seqs).toEqual([5]);
    const both = await chat.stream('/api/stream?after=1', { 'last-event-id': '4' });
    expect((await seqs(both, 1)).seqs).toEqual([5]);
    expect((await seqs(await chat.stream('/api/stream?after=-7x'), 5)).seqs).toEqual([1, 2, 3, 4, 5]);
  });

  it('tells a page that has seen more than there is to begin anew, as after a backup was restored', async () => {
    const chat = await withHistory(5);
    const ahead = await seqs(await chat.stream('/api/stream?after=9'), 5);
    expect(ahead.text).toMatch(/"count":5,"startsOver":true}/);
    expect(ahead.seqs).toEqual([1, 2, 3, 4, 5]);
    expect((await seqs(await chat.stream('/api/stream?after=4'), 1)).text).not.toContain('startsOver');
  });

  it('brings a new message once to each open page of the same conversation only', async () => {
    const chat = await withHistory(1);
    const pages = [await chat.stream(), await chat.stream()];
    const stranger = await chat.app.request('/api/stream', { headers: { cookie: await chat.visit() } });
    const reading = [...pages.map((page) => seqs(page, 3)), seqs(stranger, 1)];
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await chat.send(2)).toEqual({ outcome: 'sent', platform: '2' });
    await chat.send(2);
    await chat.send(3);
    expect((await Promise.all(reading)).map((got) => got.seqs)).toEqual([[1, 2, 3], [1, 2, 3], []]);
  });

  it('neither loses nor repeats what is committed while the page connects', async () => {
    const chat = await withHistory(2);
    chat.world.during = async () => {
      chat.world.during = async () => {};
      // 2 was in the transcript just read and is delivered only now; 3 was committed after the reading.
      await chat.send(2);
      chat.stored[chat.conversation]?.push(message(3));
      await chat.send(3);
    };
    const response = await chat.stream();
    expect((await seqs(response, 4)).seqs).toEqual([1, 2, 3]);
  });

  it('fills a gap from the transcript when another instance sent something', async () => {
    const chat = await withHistory(1);
    const reading = seqs(await chat.stream(), 4);
    await new Promise((resolve) => setTimeout(resolve, 20));
    chat.stored[chat.conversation]?.push(message(2), message(3), message(4));
    await chat.send(4);
    expect((await reading).seqs).toEqual([1, 2, 3, 4]);
  });

  it('beats while nothing happens, and finds with the beat what nobody pushed', async () => {
    const listeners = createListeners();
    const listener = listeners.open('web:x');
    if (!listener) throw new Error('not opened');
    const stored = [message(1)];
    const written: (number | string)[] = [];
    const writer = {
      hello: async (count: number) => void written.push(`hello ${count}`),
      message: async (item: WebMessage) => void written.push(item.seq),
      beat: async () => {
        written.push('beat');
        if (written.length === 3) stored.push(message(2));
        else listeners.close('web:x', listener);
      },
    };
    const transcript = async (_: string, after: number) => stored.filter((item) => item.seq > after);
    await follow(listener, writer, { conversation: 'web:x', after: 0, transcript, beatMs: 5 });
    expect(written).toEqual(['hello 1', 1, 'beat', 2, 'beat']);
  });

  it('is refused to the thirteenth page of one conversation until another one closes', async () => {
    const chat = await withHistory(1);
    const pages = await Promise.all(Array.from({ length: 12 }, () => chat.stream()));
    expect((await chat.stream()).status).toBe(503);
    expect(
      (await chat.app.request('/api/stream', { method: 'HEAD', headers: { cookie: chat.cookie } })).status,
    ).toBe(204);
    await pages[0]?.body?.cancel();
    expect((await chat.stream()).status).toBe(200);
  });

  it('ends when the channel stops', async () => {
    const chat = await withHistory(1);
    const reading = (await chat.stream()).text();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await chat.channel.stop();
    expect(await reading).toContain('id: 1');
    expect((await chat.stream()).status).toBe(503);
  });

  it('ends, without a word about why, when the transcript cannot be read', async () => {
    const chat = await withHistory(1);
    chat.world.during = () => Promise.reject(new Error('secret path'));
    expect(await (await chat.stream()).text()).toBe('retry: 1000\n\n');
    expect(chat.refusals).toHaveLength(1);
  });
});

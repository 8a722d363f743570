// A person in a chat with the Zalo Bot, new for every test of a file, and sending to them, for the tests of sending.
import { afterEach, beforeEach } from 'vitest';
import type { Sending, SendResult } from '../../src/channels/channel.ts';
import type { ZaloBotUser } from '../stand-ins/zalo-bot/people.ts';
import { type Bench, openBench } from '../stand-ins/zalo-bot-bench.ts';

export type Chat = {
  readonly bench: Bench;
  readonly user: ZaloBotUser;
  /** Closes the bench and opens another one, with a person of its own. */
  reopen(options?: Parameters<typeof openBench>[0]): Promise<void>;
  sending(text: string, more?: Partial<Sending>): Sending;
  send(sending: Sending): Promise<SendResult>;
  /** The texts that the person sees. */
  seen(): string[];
  /** The next calls of this method are refused. */
  refuse(method: 'sendMessage' | 'sendPhoto', code: number, description: string, times?: number): void;
};

/** To be called once, outside of the tests: `bench` and `user` are those of the test that runs. */
export function chatForEachTest(): Chat {
  let bench: Bench;
  let user: ZaloBotUser;
  let number = 0;
  const open = async (options: Parameters<typeof openBench>[0] = {}): Promise<void> => {
    bench = await openBench(options);
    user = bench.zalo.user();
    user.say('xin chào');
  };
  beforeEach(() => open());
  afterEach(() => bench.close());
  return {
    get bench() {
      return bench;
    },
    get user() {
      return user;
    },
    async reopen(options) {
      await bench.close();
      await open(options);
    },
    sending(text, more = {}) {
      number += 1;
      return { id: `out:${number}`, seq: number, chat: user.id, message: { text: [text] }, ...more };
    },
    send: (sending) => bench.channel.send(sending),
    seen: () => user.messages().map(({ text }) => text),
    refuse: (method, code, description, times = 1) =>
      bench.zalo.fault(method, { kind: 'refuse', code, description }, times),
  };
}

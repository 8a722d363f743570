// Officers at work, each in a closed loop over the webhook: the next answer goes when the last one was acknowledged and the next question is there.
import { createClient } from './http.ts';
import type { Shown, Telegram } from './telegram.ts';

/** What an officer answers to a question: typed words, or the data of a button. */
export type Reply = { readonly text: string } | { readonly press: string };

/** The officer's answer to a message; undefined when the message asks nothing. */
export type AnswerTo = (shown: Shown) => Reply | undefined;

export type Load = {
  readonly url: URL;
  readonly secret: string;
  readonly telegram: Telegram;
  readonly answerTo: AnswerTo;
  /** Chats that come one after the other into the places that become free. */
  readonly chats: readonly number[];
  /** How many officers are at work at once. */
  readonly atOnce: number;
  /** Answers each officer gives. */
  readonly answers: number;
  /** So long after the first answer no new one is given (ms). */
  readonly limit: number;
  /** Called when the first officers have all come in, just before the first answer. */
  readonly begin?: () => void;
  /** Words with which an officer comes in. */
  readonly hello: (chat: number) => string;
};

/** One officer's work. `acknowledged`: replies for which the webhook said 200, in order. */
export type Work = { readonly chat: number; readonly acknowledged: string[]; finished: boolean };

type Result = {
  readonly works: readonly Work[];
  /** Milliseconds from sending an answer to the next question, by the number of the answer from 0. */
  readonly latencies: readonly { readonly index: number; readonly ms: number }[];
  /** From the first timed answer to the last (s). */
  readonly seconds: number;
  /** Webhook calls that did not end with 200. */
  readonly refused: number;
};

export type Running = {
  readonly result: Promise<Result>;
  /** Ends it now, whatever is under way, e.g. because the program was killed. */
  cut(): Result;
};

/** How long a question may take (ms) before the run counts as stuck. */
const PATIENCE = 30_000;

type Officer = Work & {
  index: number;
  sentAt: number;
  isAcknowledged: boolean;
  isThere: boolean;
  next: Reply | undefined;
};

/** Update ids never repeat within a process, as with Telegram. */
let updates = 1000;

/** Starts the officers. `result` rejects when one of them is left without a question. */
export function startLoad(load: Load): Running {
  const { url, secret, telegram, answerTo, chats, atOnce } = load;
  const client = createClient(url, { 'X-Telegram-Bot-Api-Secret-Token': secret });
  const officers = new Map<number, Officer>();
  const latencies: { index: number; ms: number }[] = [];
  const places = Math.min(atOnce, chats.length);
  let arrived = 0;
  let waiting = 0;
  let atWork = 0;
  let refused = 0;
  let first = 0;
  let last = 0;
  let isOver = false;
  let settle: { resolve: (result: Result) => void; reject: (error: Error) => void } | undefined;
  const result = new Promise<Result>((resolve, reject) => {
    settle = { resolve, reject };
  });

  const isLate = (now: number): boolean => first > 0 && now - first > load.limit;

  const finish = (): Result => {
    isOver = true;
    clearInterval(watch);
    client.close();
    telegram.onShown = () => {};
    const works = [...officers.values()];
    return { works, latencies, seconds: (last - first) / 1000, refused };
  };

  const post = (officer: Officer, reply: Reply, isAnswer: boolean): void => {
    officer.isAcknowledged = false;
    officer.next = undefined;
    officer.sentAt = performance.now();
    const body = JSON.stringify(updateOf(officer.chat, reply));
    const send = (): void =>
      client.post(body, (status) => {
        if (isOver) return;
        if (status !== 200) {
          refused += 1;
          setTimeout(send, 100);
          return;
        }
        officer.isAcknowledged = true;
        if (isAnswer) officer.acknowledged.push('text' in reply ? reply.text : reply.press);
        goOn(officer);
      });
    send();
  };

  const goOn = (officer: Officer): void => {
    const { next, index, isAcknowledged } = officer;
    if (next === undefined || !isAcknowledged) return;
    const now = performance.now();
    if (index === 0 && arrived < places) {
      // Coming in costs more than an answer: nobody starts before everybody is there.
      arrived += officer.isThere ? 0 : 1;
      officer.isThere = true;
      if (arrived < places) return;
      load.begin?.();
      first = performance.now();
      for (const each of officers.values()) if (each !== officer) goOn(each);
    }
    if (index >= load.answers || isLate(now)) {
      officer.finished = index >= load.answers;
      atWork -= 1;
      comeIn();
      return;
    }
    officer.index += 1;
    post(officer, next, true);
  };

  telegram.onShown = (shown) => {
    const officer = officers.get(shown.chat);
    if (!officer || officer.next !== undefined) return;
    const reply = answerTo(shown);
    if (reply === undefined) return;
    officer.next = reply;
    last = performance.now();
    if (officer.index > 0) latencies.push({ index: officer.index - 1, ms: last - officer.sentAt });
    // On the next turn of the loop, so that the call which brought the question is answered first.
    setImmediate(goOn, officer);
  };

  const comeIn = (): void => {
    while (atWork < atOnce && waiting < chats.length && !isLate(performance.now())) {
      const chat = chats[waiting] ?? 0;
      waiting += 1;
      atWork += 1;
      const officer: Officer = {
        ...{ chat, acknowledged: [], finished: false, index: 0, sentAt: 0 },
        ...{ isAcknowledged: false, isThere: false, next: undefined },
      };
      officers.set(chat, officer);
      post(officer, { text: load.hello(chat) }, false);
    }
    if (atWork === 0 && !isOver) settle?.resolve(finish());
  };

  const watch = setInterval(() => {
    const now = performance.now();
    const stuck = [...officers.values()].find(
      (each) =>
        each.sentAt > 0 && (each.next === undefined || !each.isAcknowledged) && now - each.sentAt > PATIENCE,
    );
    if (!stuck) return;
    finish();
    settle?.reject(new Error(`chat ${stuck.chat} got no question after answer ${stuck.index}`));
  }, 1000);
  comeIn();
  return { result, cut: finish };
}

function updateOf(chat: number, reply: Reply): object {
  updates += 1;
  const from = { id: chat, is_bot: false, first_name: 'Cán bộ', language_code: 'vi' };
  const date = Math.floor(Date.now() / 1000);
  const place = { id: chat, type: 'private', first_name: 'Cán bộ' };
  if ('text' in reply) {
    const entities = reply.text.startsWith('/')
      ? { entities: [{ type: 'bot_command', offset: 0, length: reply.text.split(' ')[0]?.length }] }
      : {};
    const message = { message_id: updates, date, chat: place, from, text: reply.text, ...entities };
    return { update_id: updates, message };
  }
  const message = { message_id: 1, date, chat: place, text: '…' };
  return {
    update_id: updates,
    callback_query: { id: String(updates), from, chat_instance: '1', message, data: reply.press },
  };
}

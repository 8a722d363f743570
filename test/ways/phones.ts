// The channels as officers hold them: Telegram, Zalo and the page of the web chat, each over what stands in for it.
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../stand-ins/telegram/people.ts';
import type { Chat } from '../support/officer.ts';
import type { Visitor } from '../support/visitor.ts';
import { buttonsOf, plain } from '../support/world.ts';
import { LINK } from '../support/zalo-handing-in.ts';
import type { ZaloChat } from '../support/zalo-officer.ts';
import type { Phone } from './desk.ts';

const LOOK_MS = 5;
const PATIENCE_MS = 10_000;

/** True as soon as `count` gives more than now. */
async function more(count: () => number): Promise<boolean> {
  const seen = count();
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    await pause(LOOK_MS);
    if (count() > seen) return true;
  }
  return false;
}

/** `edits`: how often the bot changed a message in this chat. */
export function telegramPhone(person: Person, edits: () => number): Phone {
  const fromBot = () => person.messages.filter(({ from }) => from === 'bot');
  const chat: Chat = {
    said: () =>
      fromBot().map(({ text, bold, buttons }) => ({
        ...{ text, bold },
        buttons: buttons.flat().map(({ label, data }) => ({ label, action: data })),
      })),
    say: async (text) => void person.send(text),
    press: async (action) => person.press(action),
    news: () => more(() => person.messages.length + edits()),
  };
  return {
    ...{ chat, longest: 4096, isTyped: () => false },
    send: async (name, bytes) => void person.file(name, bytes),
    tables: () =>
      fromBot().flatMap(({ document }) =>
        document?.name.endsWith('.xlsx') ? [async () => document.bytes] : [],
      ),
    heard: () => ({ said: fromBot().length, edits: edits() }),
  };
}

/** Zalo keeps what is sent at an address of its own; `keep` puts it there. On the bot nothing can be sent. */
export function zaloPhone(chat: ZaloChat, keep?: (name: string, bytes: Uint8Array) => string): Phone {
  const send = async (name: string, bytes: Uint8Array): Promise<void> => {
    const url = keep?.(name, bytes) ?? '';
    chat.does((user) => user.sendFile({ name, bytes, url }));
  };
  return {
    ...{ chat, longest: 2000, isTyped: (action) => action.startsWith('type:') },
    ...(keep ? { send } : {}),
    tables: () =>
      chat.messages().flatMap(({ text }) => {
        const link = LINK.exec(text)?.[0];
        return link === undefined
          ? []
          : [async () => new Uint8Array(await (await fetch(link)).arrayBuffer())];
      }),
    heard: () => ({ said: chat.messages().length, edits: 0 }),
  };
}

/** The page of the web chat, which a visitor with a cookie has open. */
export function webPhone(visitor: Visitor, url: string): Phone {
  let posts = 0;
  // This officer is faster than the rate that the web chat allows; a person would tap once more.
  const post = async (send: () => Promise<number>): Promise<void> => {
    for (let tries = 0; tries < 100; tries++) {
      const status = await send();
      if (status !== 429) return;
      await pause(100);
    }
  };
  const id = (): string => {
    posts += 1;
    return `p${posts}`;
  };
  const write = (path: string, body: object) => {
    const own = id();
    return post(() => visitor.post(url, path, { id: own, ...body }));
  };
  const fromBot = () => visitor.seen.filter(({ message }) => !message.mine);
  const chat: Chat = {
    said: () =>
      fromBot().map(({ message }) => ({
        text: plain({
          ...message,
          text: message.text.map((span) => (typeof span === 'string' ? span : span.bold)),
        }),
        bold: message.text.flatMap((span) => (typeof span === 'string' ? [] : [span.bold])),
        buttons: buttonsOf(message),
      })),
    say: (text) =>
      text.startsWith('/start ')
        ? write('/api/start', { code: text.slice('/start '.length) })
        : write('/api/send', { text }),
    press: (action) => write('/api/press', { action }),
    news: () => more(() => visitor.seen.length),
  };
  return {
    ...{ chat, longest: 8000, isTyped: () => false },
    send(name, bytes) {
      const own = id();
      return post(() => visitor.upload(url, own, name, bytes));
    },
    tables: () =>
      fromBot().flatMap(({ seq, message }) => (message.file ? [() => fetched(visitor, url, seq)] : [])),
    heard: () => ({
      said: fromBot().filter(({ message }) => message.replaces === undefined).length,
      edits: fromBot().filter(({ message }) => message.replaces !== undefined).length,
    }),
  };
}

async function fetched(visitor: Visitor, url: string, seq: number): Promise<Uint8Array> {
  for (;;) {
    const answer = await visitor.get(url, `/api/file/${seq}`);
    if (answer.status !== 429) return new Uint8Array(await answer.arrayBuffer());
    await pause(100);
  }
}

// How people of the whole-period test use their phones: the same few acts on Telegram and on Zalo.
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../stand-ins/telegram/people.ts';
import type { Seen } from '../stand-ins/telegram/world.ts';
import type { ZaloChat } from '../support/zalo-officer.ts';

/** A message of the bot as it stands in the chat. `at`: when it came (ms). */
export type Said = {
  readonly text: string;
  readonly labels: readonly string[];
  readonly at: number;
  readonly document?: Uint8Array;
};

export type Chat = {
  /** As the program names it. */
  readonly conversation: string;
  said(): readonly Said[];
  say(text: string): Promise<void>;
  /** Taps the newest button whose label begins so, or does what the text offers in its place. */
  choose(label: string): Promise<void>;
  /** The first message since the last act whose text matches. */
  hears(words: RegExp): Promise<Said>;
};

const LOOK_MS = 10;
const PATIENCE_MS = 40_000;

/** What `look` gives as soon as it gives something; fails after a generous time with what `tail` says. */
export async function until<T>(what: string, look: () => T | undefined, tail = (): string => ''): Promise<T> {
  const from = performance.now();
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() - from > PATIENCE_MS) throw new Error(`${what}: not seen\n${tail()}`);
    await pause(LOOK_MS);
  }
}

const tailOf = (said: readonly Said[]): string =>
  said
    .slice(-4)
    .map(({ text, labels }) => [text, ...labels.map((label) => `[${label}]`)].join('\n'))
    .join('\n---\n');

export type TelegramChat = Chat & {
  readonly person: Person;
  /** Taps the newest button whose label matches. */
  chooses(label: RegExp): Promise<void>;
  /** Taps this very button (what a button carries), e.g. one of an older message. */
  tap(data: string): void;
};

export function telegramChat(person: Person): TelegramChat {
  const conversation = `telegram:${person.id}`;
  let mark = 0;
  const act = (): void => {
    mark = person.messages.length;
  };
  const asSaid = ({ text, buttons, date, document }: Seen): Said => ({
    ...{ text, labels: buttons.flat().map(({ label }) => label), at: date * 1000 },
    ...(document ? { document: document.bytes } : {}),
  });
  const fromBot = (): Seen[] => person.messages.filter(({ from }) => from === 'bot');
  const said = (): Said[] => fromBot().map(asSaid);
  const newest = (isIt: (label: string) => boolean): string | undefined => {
    for (let n = person.messages.length - 1; n >= 0; n--) {
      const found = person.messages[n]?.buttons.flat().find(({ label }) => isIt(label));
      if (found) return found.data;
    }
    return undefined;
  };
  const chooses = async (isIt: (label: string) => boolean, words: string): Promise<void> => {
    const what = `[${words}] for ${conversation}`;
    const data = await until(
      what,
      () => newest(isIt),
      () => tailOf(said()),
    );
    act();
    person.press(data);
  };
  return {
    ...{ conversation, person, said },
    async say(text) {
      act();
      person.send(text);
    },
    choose: (label) => chooses((each) => each.startsWith(label), label),
    chooses: (label) => chooses((each) => label.test(each), String(label)),
    tap(data) {
      act();
      person.press(data);
    },
    hears: (words) =>
      until(
        `${words} for ${conversation}`,
        () => {
          for (let n = mark; n < person.messages.length; n++) {
            const seen = person.messages[n];
            if (seen?.from === 'bot' && words.test(seen.text)) return asSaid(seen);
          }
          return undefined;
        },
        () => tailOf(said()),
      ),
  };
}

export function onZalo(chat: ZaloChat): Chat {
  const asSaid = ({
    text,
    buttons,
    at,
  }: {
    text: string;
    buttons: readonly { title: string }[];
    at: number;
  }): Said => ({
    ...{ text, labels: buttons.map(({ title }) => title), at },
  });
  return {
    conversation: `zalo-oa:${chat.user.id}`,
    said: () => chat.messages().map(asSaid),
    say: (text) => chat.say(text),
    choose: (label) => chat.choose(label),
    hears: async (words) => asSaid(await chat.hears(words)),
  };
}

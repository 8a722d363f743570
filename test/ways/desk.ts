// An officer at one channel, for the comparison of ways: types, chooses what is offered, sends files, reads; everything is counted.
import { setTimeout as pause } from 'node:timers/promises';
import type { Chat } from '../support/officer.ts';

/** What one report took. `marks`: choices typed where the channel shows no button for them. `said`: messages of the bot. */
export type Counts = {
  readonly typed: number;
  readonly taps: number;
  readonly marks: number;
  readonly files: number;
  readonly said: number;
  readonly edits: number;
};

/** One channel as it lies in somebody's hand. */
export type Phone = {
  readonly chat: Chat;
  /** The most characters that the app sends as one message; it cuts what is longer. */
  readonly longest: number;
  /** Sends a file; missing where the channel takes none. */
  readonly send?: (name: string, bytes: Uint8Array) => Promise<void>;
  /** The spreadsheets that came, oldest first. */
  tables(): readonly (() => Promise<Uint8Array>)[];
  /** True for an action that is typed and not tapped. */
  isTyped(action: string): boolean;
  /** How many messages came from the bot, and how often it changed one. */
  heard(): Pick<Counts, 'said' | 'edits'>;
};

type Shown = ReturnType<Chat['said']>[number];

export type Desk = Chat & {
  /** The first message since the last act that matches. */
  hears(words: RegExp): Promise<Shown>;
  /** Chooses what was offered since the last act in words that begin so, the newest first. */
  choose(label: string | RegExp): Promise<void>;
  /** Waits until such a choice is offered: long words come in several messages, the choices with the last. */
  sees(label: RegExp): Promise<void>;
  /** Whether that was said, or such a choice was offered, since the last act. */
  heard(words: RegExp): boolean;
  offers(label: RegExp): boolean;
  /** The most characters of one message. */
  readonly longest: number;
  send(name: string, bytes: Uint8Array): Promise<void>;
  /** The spreadsheet that came since the last act. */
  table(): Promise<Uint8Array>;
  /** What was done since this was called last. */
  counts(): Counts;
};

const LOOK_MS = 5;
const PATIENCE_MS = 30_000;
/** Longer than the last words of an answer stay away (ms). */
const QUIET_MS = 150;

export function deskOf(phone: Phone, name: string): Desk {
  const { chat } = phone;
  let done = { typed: 0, taps: 0, marks: 0, files: 0 };
  let before = phone.heard();
  let [mark, tables] = [0, 0];

  const act = (what: keyof typeof done): void => {
    done[what] += 1;
    [mark, tables] = [chat.said().length, phone.tables().length];
  };
  const since = (): readonly Shown[] => chat.said().slice(mark);
  const offered = () => since().flatMap(({ buttons }) => buttons);
  const until = async <T>(what: string, look: () => T | undefined): Promise<T> => {
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
      const found = look();
      if (found !== undefined) return found;
      await pause(LOOK_MS);
    }
    const last = chat.said().slice(-5).map(asText).join('\n---\n');
    throw new Error(`${name}: ${what} was not seen after\n${last}`);
  };
  const say = async (text: string): Promise<void> => {
    act('typed');
    await chat.say(text);
  };
  const press = async (action: string): Promise<void> => {
    act(phone.isTyped(action) ? 'marks' : 'taps');
    await chat.press(action);
  };
  const fits = (label: string | RegExp) => (one: { label: string }) =>
    typeof label === 'string' ? one.label.startsWith(label) : label.test(one.label);

  return {
    ...{ say, press, said: chat.said, news: chat.news, longest: phone.longest },
    hears: (words) => until(`${words}`, () => since().find(({ text }) => words.test(text))),
    async sees(label) {
      await until(`[${label}]`, () => offered().find(fits(label)));
    },
    heard: (words) => since().some(({ text }) => words.test(text)),
    offers: (label) => offered().some(fits(label)),
    async choose(label) {
      const newest = () => since().findLast(({ buttons }) => buttons.some(fits(label)));
      const found = await until(`[${label}]`, () => newest()?.buttons.find(fits(label)));
      await press(found.action);
    },
    async send(file, bytes) {
      if (!phone.send) throw new Error(`${name} takes no files`);
      act('files');
      await phone.send(file, bytes);
    },
    async table() {
      const fetched = await until('a spreadsheet', () => phone.tables()[tables]);
      return fetched();
    },
    counts() {
      const heard = phone.heard();
      const counts = { ...done, said: heard.said - before.said, edits: heard.edits - before.edits };
      [done, before] = [{ typed: 0, taps: 0, marks: 0, files: 0 }, heard];
      return counts;
    },
  };
}

/** Waits until nobody says anything more. */
export async function quiet({ said }: Desk): Promise<void> {
  for (let before = -1; before !== said().length; await pause(QUIET_MS)) before = said().length;
}

const asText = ({ text, buttons }: Shown): string =>
  [text, ...buttons.map(({ label }) => `[${label}]`)].join('\n');

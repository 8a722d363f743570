// A person on the Zalo Bot, for tests: everything is typed, choices now by their mark and now by their words, and what got lost is typed again.
import type { ZaloBotUser } from '../stand-ins/zalo-bot/people.ts';
import type { Seen } from '../stand-ins/zalo-bot/world.ts';
import type { ZaloUser } from '../stand-ins/zalo-oa/people.ts';
import type { Seen as SeenOnZalo } from '../stand-ins/zalo-oa/world.ts';
import { type ZaloChat, zaloChat } from './zalo-officer.ts';

export type BotPerson = ZaloChat & {
  readonly bot: ZaloBotUser;
  /** The last words are older than this moment (performance.now), and nobody has answered them. */
  isWaiting(since: number): boolean;
  /** Types the last words again. */
  repeats(): void;
  /** The pictures of one table, all that come since the last act. */
  pictures(): Promise<readonly Seen[]>;
};

/** The most pictures that are sent of one table. */
const MOST_PICTURES = 6;
const CAPTION = /^Ảnh chụp bảng(?:, trang (\d+)\/(\d+))?$/;

/** As for somebody on the Official Account, who sees the same words, but nothing to tap. */
export function botPerson(bot: ZaloBotUser, how: Parameters<typeof zaloChat>[1] = {}): BotPerson {
  const shown = new Map<string, SeenOnZalo>();
  let acts = 0;
  let isPoked = false;
  let last = { typed: '', at: Number.POSITIVE_INFINITY, heard: 0 };
  const onPhone = (seen: Seen): SeenOnZalo => {
    const { id, at, kind, text, photo } = seen;
    const known = shown.get(id) ?? {
      ...{ id, at, text, buttons: [], charged: false, kind: kind === 'photo' ? 'image' : 'text' },
      ...(photo ? { image: photo } : {}),
    };
    shown.set(id, known);
    return known;
  };
  const say = (words: string): string => {
    acts += 1;
    // Whoever misses an answer first sends any sign of life; only then they ask where they were.
    isPoked = words === '/start' && !isPoked;
    if (isPoked) return bot.sendSticker();
    const heard = bot.messages();
    last = { typed: asTyped(words, acts, heard), at: performance.now(), heard: once(heard).length };
    return bot.say(last.typed);
  };
  // All that somebody without buttons can do with it.
  const phone: Pick<ZaloUser, 'id' | 'name' | 'messages' | 'say'> = {
    ...{ id: bot.id, name: bot.id, messages: () => bot.messages().map(onPhone) },
    say: say as ZaloUser['say'],
  };
  const chat = zaloChat(phone as ZaloUser, how);
  return {
    ...{ ...chat, bot },
    isWaiting: (since) => last.at < since && once(bot.messages()).length === last.heard,
    repeats: () => void bot.say(last.typed),
    async pictures() {
      const [, , pages = '1'] = CAPTION.exec((await chat.hears(CAPTION)).text) ?? [];
      if (Number(pages) > MOST_PICTURES) await chat.hears(new RegExp(`^Bảng có ${pages} trang`));
      else if (pages !== '1') await chat.hears(new RegExp(`^Ảnh chụp bảng, trang ${pages}/${pages}$`));
      const all = bot.messages().filter(({ kind }) => kind === 'photo');
      return all.slice(-Math.min(Number(pages), MOST_PICTURES));
    },
  };
}

/** How far back the same message is taken for a repetition. */
const REPEATED_WITHIN = 3;

/** Messages without those that came again because nobody knew whether they had arrived. */
export const once = (messages: readonly Seen[]): readonly Seen[] =>
  messages.filter(
    ({ text }, n) =>
      text === '' ||
      !messages.slice(Math.max(0, n - REPEATED_WITHIN), n).some((before) => before.text === text),
  );

/** How far back somebody looks for what a code stands for. */
const LOOKED_BACK = 60;

/**
 * A choice in the words of the list it stands in, or its mark in one of the ways people write it; anything else as it is. A code
 * told in passing has to be typed as a code.
 */
function asTyped(words: string, turn: number, heard: readonly Seen[]): string {
  const isNumber = /^\d{1,2}$/.test(words);
  if (!isNumber && !/^[a-z]{1,2}\d{0,2}$/.test(words)) return words;
  const list = heard
    .slice(isNumber ? -1 : -LOOKED_BACK)
    .findLast((seen) => labelIn(seen, words) !== undefined);
  if (!list || (isNumber && !/^Gõ số để chọn:$/m.test(list.text))) return words;
  const ways = [words, words.toUpperCase(), `${words}.`, ` ${words})`];
  const label = labelIn(list, words) ?? words;
  const isPlain = !/\d$/.test(words) || isNumber;
  const isAlone = list === heard.at(-1) && list.text.split(`. ${label}`).length === 2;
  return [...ways, ...(isPlain && isAlone ? [label] : [])][turn % (isPlain && isAlone ? 5 : 4)] ?? words;
}

/** What stands behind this mark in a message. */
const labelIn = ({ text }: { readonly text: string }, mark: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${mark}. `))
    ?.slice(mark.length + 2);

/** The code, with the message's number, that stands before this choice in a message that was told in passing. */
export function codeFor(text = '', label: string): string {
  const code = text.split('\n').flatMap((line) => {
    const [, mark, words = ''] = /^([a-z]\d{1,2})\. (.+)$/.exec(line) ?? [];
    return mark !== undefined && words.startsWith(label) ? [mark] : [];
  })[0];
  if (code === undefined) throw new Error(`no code for “${label}” in:\n${text}`);
  return code;
}

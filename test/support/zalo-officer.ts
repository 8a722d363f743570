// A person on Zalo, for tests: reads what the account says as it stands on the phone, taps buttons, and types what the text offers instead.
import { setTimeout as pause } from 'node:timers/promises';
import type { Button } from '../../src/domain/conversation.ts';
import type { ZaloUser } from '../stand-ins/zalo-oa/people.ts';
import type { Seen } from '../stand-ins/zalo-oa/world.ts';
import type { Chat } from './officer.ts';

type Shown = ReturnType<Chat['said']>[number];

export type ZaloChat = Chat & {
  readonly user: ZaloUser;
  /** Anything else that this person does, e.g. sends a sticker. */
  does(act: (user: ZaloUser) => void): void;
  /** Everything the account sent, oldest first; a question that came twice counts once, as it does for a person. */
  messages(): readonly Seen[];
  /** The first message since this person's last act whose text matches; fails after `patience`. */
  hears(words: RegExp): Promise<Seen>;
  /** The first attachment since this person's last act. */
  gets(): Promise<Seen>;
  /** Chooses what was offered in words that begin like this since the last act: by its button, else by what the text says to type. */
  choose(label: string): Promise<void>;
};

/** How far back the same message is taken for a repetition. */
const REPEATED_WITHIN = 3;
const LOOK_MS = 10;

/** `patience`: how long (ms) this person waits for an answer. `before`: runs before each act. */
export function zaloChat(user: ZaloUser, { patience = 10_000, before = () => {} } = {}): ZaloChat {
  const read = new Map<string, readonly Shown[]>();
  let [mark, acts] = [0, 0];

  const messages = (): readonly Seen[] => {
    const all = user.messages();
    return all.filter((one, n) => !all.slice(Math.max(0, n - REPEATED_WITHIN), n).some(isSame(one)));
  };
  const shownIn = (seen: Seen): readonly Shown[] => {
    const known = read.get(seen.id) ?? readMessage(seen);
    read.set(seen.id, known);
    return known;
  };
  const act = (): void => {
    before();
    acts += 1;
    mark = messages().length;
  };
  const found = async <T>(what: string, look: () => T | undefined): Promise<T> => {
    for (let waited = 0; waited < patience; waited += LOOK_MS) {
      const one = look();
      if (one !== undefined) return one;
      await pause(LOOK_MS);
    }
    const last = messages().slice(-4);
    throw new Error(`${what}: not seen by ${user.name} after:\n${last.map(asText).join('\n---\n')}`);
  };
  const since = () => messages().slice(mark);
  const perform = (action: string): void => {
    act();
    const [how = '', ...words] = action.split(':');
    if (how === 'tap') user.tap(words.join(':'));
    else user.say(typedFor(words.join(':'), acts));
  };

  return {
    user,
    messages,
    does(what) {
      act();
      what(user);
    },
    said: () => messages().flatMap(shownIn),
    async say(text) {
      act();
      user.say(text);
    },
    press: async (action) => perform(action),
    async news() {
      const seen = messages().length;
      for (let waited = 0; waited < patience; waited += LOOK_MS) {
        await pause(LOOK_MS);
        if (messages().length > seen) return true;
      }
      return false;
    },
    hears: (words) => found(`${words}`, () => since().find(({ text }) => words.test(text))),
    gets: () => found('an attachment', () => since().find(({ kind }) => kind === 'file' || kind === 'image')),
    async choose(label) {
      const offered = () => since().flatMap((seen) => shownIn(seen).flatMap(({ buttons }) => buttons));
      const one = await found(`[${label}]`, () => offered().findLast((each) => each.label.startsWith(label)));
      perform(one.action);
    },
  };
}

const asText = ({ kind, text, buttons }: Seen): string =>
  [kind === 'text' ? text : `<${kind}> ${text}`, ...buttons.map(({ title }) => `[${title}]`)].join('\n');

/** A question sent once more because nobody knew whether it had arrived. */
const isSame = (one: Seen) => (other: Seen) => HEAD.test(one.text) && asText(one) === asText(other);

/** A code may be typed alone, in words, or with them: every way in turn. Words with a semicolon would begin a note. */
function typedFor(offered: string, turn: number): string {
  const [, code, words = ''] = /^(\d+) – (.+)$/s.exec(offered) ?? [];
  if (code === undefined) return offered;
  return [code, words.includes(';') ? code : words, offered][turn % 3] ?? code;
}

/** Where a question, a doubt or the review begins; what stands before it in the same message was a message of its own once. */
const HEAD = /^(?:Xem lại|Anh\/chị nhập “)|^Chỉ tiêu \d+\/\d+ của mục/m;
/** The line after the name of an indicator. */
const AFTER_NAME = /^(?:Đơn vị tính|Lưu ý|Kỳ trước|Đang ghi|Ghi chú|Nhập|Chọn một dòng)/;

function readMessage(seen: Seen): readonly Shown[] {
  const blocks = seen.text.split('\n\n');
  const at = Math.max(
    0,
    blocks.findIndex((block) => HEAD.test(block)),
  );
  const before = blocks.slice(0, at).map((text) => ({ text, bold: [], buttons: [] }));
  const isQuestion = /^Chỉ tiêu /m.test(blocks[at] ?? '');
  const bold = isQuestion ? [rowAsked(seen.text) ?? nameIn(blocks[at + 1] ?? '')] : [];
  return [...before, { text: blocks.slice(at).join('\n\n'), bold, buttons: choicesIn(seen) }];
}

/** Of several rows on one screen, the one that a single word answers. */
function rowAsked(text: string): string | undefined {
  const n = /là cho dòng (\d+)\.$/m.exec(text)?.[1];
  return n === undefined || text.includes('Nhập số')
    ? undefined
    : text
        .split('\n')
        .find((line) => line.startsWith(`${n}. `))
        ?.slice(n.length + 2);
}

/** The name may go over several lines. */
function nameIn(block: string): string {
  const lines = block.split('\n');
  const end = lines.findIndex((line, n) => n > 0 && AFTER_NAME.test(line));
  return lines.slice(0, end < 0 ? 1 : end).join('\n');
}

const LIST = /^Gõ (?:số|chữ cái|mã đứng đầu dòng)/;
const WORDS = /^(?:Hoặc gõ|Có thể gõ): (.+)$/;

/** Everything that can be chosen in a message; the action says how: `tap:` a title, or `type:` words. */
function choicesIn({ text, buttons }: Seen): Button[] {
  const lines = text.split('\n');
  const list = lines.findIndex((line) => LIST.test(line));
  const isCoded = buttons.length === 0 && lines.some((line) => /^Chọn một dòng/.test(line));
  const typed = lines.flatMap((line, n): Button[] => {
    const [, mark, label] = /^(\w+)\. (.+)$/.exec(line) ?? [];
    const inList = (list >= 0 && n > list) || /^[a-z]{1,2}\d{1,2}$/.test(mark ?? '');
    if (mark !== undefined && label !== undefined && inList) return [{ label, action: `type:${mark}` }];
    if (isCoded && /^\d+ – /.test(line)) return [{ label: line, action: `type:${line}` }];
    const words = WORDS.exec(line)?.[1]?.split(', ') ?? [];
    return words.map((word) => ({ label: capital(word), action: `type:${word}` }));
  });
  return [...buttons.map(({ title }) => ({ label: title, action: `tap:${title}` })), ...typed];
}

const capital = (word: string): string => word.slice(0, 1).toLocaleUpperCase('vi') + word.slice(1);

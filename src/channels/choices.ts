// Choices for a platform with few buttons or none: what is shown in their place, and what a typed answer to them means. Pure.
import type { Button, Marks, Message, Span, Text } from '../domain/conversation.ts';
import { clean, fold } from '../domain/words.ts';
import { CHOICES } from '../text/choices.ts';

/** A message as it was said; `seq` is its number in the conversation, `id` `<event>:<n>`. */
type Said = { readonly id?: string; readonly seq: number; readonly message: Message };

/**
 * The message with at most `most` buttons. Buttons that can be typed as well give way first, those of which the text itself says
 * what to type (`typed` is '') only all together; where the rest still does not fit, all choices are listed in the text: by number, by letter where a figure may be typed, or by letter and the message's
 * number where something else may be asked.
 */
export function fitChoices(
  { seq, message }: Said,
  most: number,
): { readonly text: Text; readonly buttons: readonly Button[] } {
  const all = (message.buttons ?? []).flat();
  const { buttons, typed } = fitting(all, most);
  if (buttons.length > 0 || all.length === 0)
    return { text: [...message.text, ...orType(typed, CHOICES.orType)], buttons };
  const listed = listedOf({ seq, message });
  const codes = all.filter((each) => isCode(each));
  const words = all.filter((each) => each.typed !== undefined && !isCode(each) && !isSaid(each));
  return {
    text: [
      ...message.text,
      ...codes.map((each): Span => `\n${each.label}`),
      ...(listed.length > 0 ? [`\n\n${heading({ seq, message }, listed[0]?.mark ?? '')}`] : []),
      ...listed.map(({ mark, button }): Span => `\n${mark}. ${button.label}`),
      ...orType(words, listed.length + codes.length > 0 ? CHOICES.orType : CHOICES.type),
    ],
    buttons: [],
  };
}

/** How many of the newest messages told in passing are looked at for a label typed without its code. */
const CODED_REACH = 20;

/** What typed words mean: a choice shown, or a number that the list shown last does not have. */
export type Read =
  | { readonly is: 'choice'; readonly action: string }
  | { readonly is: 'beyond'; readonly most: number };

/**
 * What typed words mean among the choices shown; undefined when they are an answer of another kind. `said`: the conversation's
 * newest messages, oldest first. A bare number belongs to the list that was asked last; a letter to a list of the same turn as the
 * last question; a letter with a number names its message; the words of a choice do as well, when only one has them.
 */
export function readChoice(words: string, said: readonly Said[], most: number): Read | undefined {
  const asked = said.filter(({ message }) => (message.buttons ?? []).flat().length > 0);
  const own = asked.filter(({ message }) => marksOf(message) !== 'coded');
  const last = own.at(-1);
  const lists = own.filter((each) => turnOf(each) === turnOf(last) && isListed(each, most));
  const list = lists.findLast(
    (each) => listedOf(each).length > 0 && (each === last || marksOf(each.message) === 'letter'),
  );
  const coded = asked.filter((each) => marksOf(each.message) === 'coded').reverse();
  const typed = markIn(words);
  for (const each of [...(list ? [list] : []), ...coded.filter((one) => isListed(one, most))]) {
    const found = listedOf(each).find(({ mark, button }) => mark === typed || isLine(words, mark, button));
    if (found) return { is: 'choice', action: found.button.action };
  }
  const near = labelled(words, [last, list]);
  const named =
    near ??
    labelled(
      words,
      coded.slice(0, CODED_REACH).filter((one) => isListed(one, most)),
    );
  if (named !== undefined && named !== 'several') return { is: 'choice', action: named.action };
  const isNumbered = list !== undefined && list === last && marksOf(list.message) === 'number';
  return isNumbered && /^\d{1,4}$/.test(typed) ? { is: 'beyond', most: listedOf(list).length } : undefined;
}

const turnOf = (said: Said | undefined): string | undefined =>
  said?.id?.slice(0, said.id.lastIndexOf(':')) ?? said?.seq.toString();

/** "Chọn 2", "(2)", "2 nhé" and "02" are the mark 2; "a 12" is a12. */
const markIn = (words: string): string =>
  fold(clean(words))
    .replace(/^(?:lua chon|phuong an|chon|so|muc|dong|nut|cau) (?=\S{1,4}$)/, '')
    .replace(/^[([]|[)\].:]+$/g, '')
    .replace(/^(\d+) (?:nhe|nha|a|di)$/, '$1')
    .replace(/^([a-z]{1,2}) (\d{1,2})$/, '$1$2')
    .replace(/^0+(?=\d)/, '');

/** A whole line of the list, copied: "2. II Cải cách thể chế · 0/15". */
function isLine(words: string, mark: string, { label }: Button): boolean {
  const [, given, rest = ''] = /^([a-z]{0,2}\d{0,2})[.)]\s*(.{3,})$/s.exec(fold(clean(words))) ?? [];
  return given === mark && keyOf(label).startsWith(keyOf(rest));
}

/**
 * The one action whose label these words are, or begin with two words or more; its address alone, or all but its address. 'several'
 * when more than one has them.
 */
function labelled(
  words: string,
  among: readonly (Said | undefined)[],
): { readonly action: string } | 'several' | undefined {
  const typed = keyOf(words);
  if (typed === '') return undefined;
  const buttons = [...new Set(among)].flatMap((each) => (each?.message.buttons ?? []).flat());
  const bare = (key: string): string => key.replace(ADDRESS, '');
  const ways: ((key: string) => boolean)[] = [
    (key) => key === typed,
    (key) => bare(key) === typed,
    (key) => ADDRESS.exec(key)?.[0].trim() === typed && !/^\d/.test(typed),
    (key) => typed.includes(' ') && [key, bare(key)].some((each) => each.startsWith(`${typed} `)),
  ];
  for (const [n, fits] of ways.entries()) {
    // "Có" alone says nothing of which row "2. Có" stands in.
    const found = buttons
      .filter((each) => fits(keyOf(each.label)) && (n === 0 || !isSaid(each)))
      .map(({ action }) => action);
    const [action, ...more] = new Set(found);
    if (action !== undefined) return more.length > 0 ? 'several' : { action };
  }
  return undefined;
}

/** The number in front of a row: "II ", "1.2. ". */
const ADDRESS = /^(?:[ivx]+|\d+(?:\.\d+)*)[.)]? /;

/** A label to compare with: without ticks and arrows in front, and without what is counted behind. */
const keyOf = (label: string): string =>
  fold(label)
    .replace(/^[^\p{L}\d(]+/u, '')
    .replace(/ ?· ?\d+\/\d+$/, '')
    .replace(/ ?\(con \d+\)$/, '')
    .trim();

const marksOf = (message: Message): Marks => message.marks ?? 'coded';

/** The buttons that are shown as such, and those that are named as words to type. No buttons: everything is listed. */
function fitting(
  all: readonly Button[],
  most: number,
): { buttons: readonly Button[]; typed: readonly Button[] } {
  if (most === 0) return { buttons: [], typed: [] };
  const needed = all.filter((each) => each.typed === undefined || isSaid(each));
  const buttons = needed.length > most ? all.filter((each) => !isSaid(each)) : [...all];
  const typed: Button[] = [];
  while (buttons.length > most) {
    const at = buttons.findLastIndex((each) => each.typed !== undefined && !isCode(each) && !isSaid(each));
    if (at < 0) return { buttons: [], typed: [] };
    typed.unshift(...buttons.splice(at, 1));
  }
  return { buttons, typed };
}

const isListed = ({ message }: Said, most: number): boolean =>
  fitting((message.buttons ?? []).flat(), most).buttons.length === 0;

/** The text of the message says what is typed instead. */
const isSaid = ({ typed }: Button): boolean => typed === '';

/** A code that stands at the head of its label, "1 – Có", so that the label alone says what to type. */
const isCode = ({ label, typed }: Button): boolean => typed !== undefined && label.startsWith(`${typed} `);

const orType = (buttons: readonly Button[], say: (words: readonly string[]) => string): Span[] =>
  buttons.length === 0 ? [] : [`\n${say(buttons.map((each) => each.typed ?? each.label))}`];

/** The choices that need a mark, in order. */
function listedOf({ seq, message }: Said): { mark: string; button: Button }[] {
  const marks = marksOf(message);
  return (message.buttons ?? [])
    .flat()
    .filter((each) => each.typed === undefined)
    .map((button, n) => ({
      mark: marks === 'number' ? String(n + 1) : `${letters(n)}${marks === 'coded' ? seq % 100 : ''}`,
      button,
    }));
}

function heading({ message }: Said, first: string): string {
  if (message.marks === 'number') return CHOICES.number;
  return message.marks === 'letter' ? CHOICES.letter : CHOICES.coded(first);
}

/** a … z, aa, ab … */
const letters = (n: number): string =>
  (n >= 26 ? letters(Math.floor(n / 26) - 1) : '') + String.fromCharCode(97 + (n % 26));

// Choices for a platform with few buttons or none: what is shown in their place, and what a typed answer to them means. Pure.
import type { Button, Marks, Message, Span, Text } from '../domain/conversation.ts';
import { clean, fold } from '../domain/words.ts';
import { CHOICES } from '../text/choices.ts';

/** A message as it was said; `seq` is its number in the conversation. */
type Said = { readonly seq: number; readonly message: Message };

/**
 * The message with at most `most` buttons. Buttons that can be typed as well give way first; where the rest still does not
 * fit, all choices are listed in the text: by number, by letter where a figure may be typed, or by letter and the message's
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
  const words = all.filter((each) => each.typed !== undefined && !isCode(each));
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

/** How many of the newest messages with choices a letter may reach back: above a question stands at most a warning or two. */
const LETTERS_REACH = 4;

/**
 * The action that typed words stand for, or undefined when they are an answer of another kind. `said`: the conversation's newest
 * messages, oldest first. A bare number is a choice only as long as nothing else was asked of this person after its list; a letter
 * belongs to the newest list with letters; a letter with a number names its message.
 */
export function readChoice(words: string, said: readonly Said[], most: number): string | undefined {
  const whole = fold(clean(words));
  const typed = whole.replace(/[.)]$/, '');
  const asked = said.filter(({ message }) => (message.buttons ?? []).flat().length > 0);
  const own = asked.filter(({ message }) => marksOf(message) !== 'coded');
  const last = own.at(-1);
  const lists = own.slice(-LETTERS_REACH).filter((each) => isListed(each, most) && listedOf(each).length > 0);
  const list = lists.findLast((each) => each === last || marksOf(each.message) === 'letter');
  const coded = asked.filter((each) => marksOf(each.message) === 'coded' && isListed(each, most));
  for (const each of [...(list ? [list] : []), ...coded.reverse()]) {
    const found = listedOf(each).find(({ mark }) => mark === typed);
    if (found) return found.button.action;
  }
  for (const each of [last, list]) {
    const buttons = (each?.message.buttons ?? []).flat();
    const named = buttons.filter(({ label }) => [whole, typed].includes(fold(clean(label))));
    const actions = new Set(named.map(({ action }) => action));
    // The same words beside two marks ("Giải trình" of two points) do not say which of them is meant.
    if (actions.size > 0) return actions.size === 1 ? named[0]?.action : undefined;
  }
  return undefined;
}

const marksOf = (message: Message): Marks => message.marks ?? 'coded';

/** The buttons that are shown as such, and those that are named as words to type. No buttons: everything is listed. */
function fitting(
  all: readonly Button[],
  most: number,
): { buttons: readonly Button[]; typed: readonly Button[] } {
  if (most === 0) return { buttons: [], typed: [] };
  const buttons = [...all];
  const typed: Button[] = [];
  while (buttons.length > most) {
    const at = buttons.findLastIndex((each) => each.typed !== undefined && !isCode(each));
    if (at < 0) return { buttons: [], typed: [] };
    typed.unshift(...buttons.splice(at, 1));
  }
  return { buttons, typed };
}

const isListed = ({ message }: Said, most: number): boolean =>
  fitting((message.buttons ?? []).flat(), most).buttons.length === 0;

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

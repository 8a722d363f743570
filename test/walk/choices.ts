// Choices where there are no buttons: read from the chat as a person reads them, and what must hold of them.
import { isDeepStrictEqual } from 'node:util';
import { newSession } from '../../flows/remembered.ts';
import { type Step, step } from '../../flows/step.ts';
import { fitChoices, readChoice } from '../../src/channels/choices.ts';
import { splitText, plain as words } from '../../src/channels/split.ts';
import type { Button } from '../../src/domain/conversation.ts';
import type { Event } from '../../src/domain/event.ts';
import { clean, fold } from '../../src/domain/words.ts';
import type { Outgoing } from '../../storage/storage.ts';
import { buttonsOf, plain } from '../support/world.ts';
import { isBare, type Taken, type Walk } from './walk.ts';

/** A choice as it can be typed: `typed` is the mark, the code or the word that stands in the chat. */
export type Choice = { readonly typed: string; readonly label: string; readonly action: string };

const MOST = 2000;
const rendered = (out: Outgoing): string => plain({ text: fitChoices(out, 0).text });

/** The lines that stand under the message itself. */
const underneath = (out: Outgoing): string => rendered(out).slice(plain(out.message).length);

/** The choices with a mark, as they stand in the chat, in order. */
const markedIn = (out: Outgoing): { typed: string; label: string }[] =>
  [...underneath(out).matchAll(/^([a-z]{1,2}\d{0,2}|\d{1,2})\. (.+)$/gm)].map(
    ([, typed = '', label = '']) => ({ typed, label }),
  );

const unmarked = (out: Outgoing): readonly Button[] =>
  buttonsOf(out.message).filter((each) => each.typed === undefined);

/** The action that typed words choose, if any. */
function chosenBy(typed: string, shown: Parameters<typeof readChoice>[1]): string | undefined {
  const read = readChoice(typed, shown, 0);
  return read?.is === 'choice' ? read.action : undefined;
}

/** Everything that can be chosen by typing what this message shows. */
export function choicesIn(out: Outgoing): Choice[] {
  const buttons = unmarked(out);
  const marked = markedIn(out).flatMap((each, n) => {
    const button = buttons[n];
    return button ? [{ ...each, action: button.action }] : [];
  });
  const codes = buttonsOf(out.message).flatMap((each) =>
    // The text says how rows of buttons are typed: by number and word, or all at once.
    each.typed === undefined
      ? []
      : [{ typed: each.typed || each.label, label: each.label, action: each.action }],
  );
  return [...marked, ...codes];
}

/** A number, while the newest thing asked of this person is a figure or what a figure meant. */
const isFigure = ({ asked }: Walk, event: Event): boolean =>
  event.type === 'text' &&
  /^\d+$/.test(clean(event.text)) &&
  (asked.get(event.conversation)?.key?.startsWith('q/') ?? false);

/** Words that were written before something that was handled already, where that can happen. */
export const isLate = ({ event, known }: Pick<Taken, 'event' | 'known'>): boolean =>
  event.type === 'text' && isBare(event.conversation) && event.at < (known.session?.heardAt ?? '');

/** The event, or the press that its words stand for. */
export function meantBy(walk: Walk, taken: Pick<Taken, 'event' | 'known' | 'shown'>): Event {
  const { event, shown } = taken;
  if (event.type !== 'text' || !isBare(event.conversation) || event.text.startsWith('/')) return event;
  if (isFigure(walk, event) || isLate(taken)) return event;
  const action = chosenBy(event.text, shown);
  const { id, conversation, at } = event;
  return action === undefined ? event : { id, conversation, at, type: 'button', action };
}

/** What is wrong with how the messages of this step look where there are no buttons, and with what can be typed there. */
export async function choiceFaults(walk: Walk, { event, said, shown }: Taken): Promise<string[]> {
  const faults: string[] = [];
  if (isFigure(walk, event) && event.type === 'text' && chosenBy(event.text, shown) !== undefined)
    faults.push(`the figure ${event.text} would be taken for a choice`);
  for (const conversation of new Set(said.map((each) => each.conversation).filter(isBare))) {
    const now = await walk.world.storage.transcript(conversation, 0, 60);
    const count = said.filter((each) => each.conversation === conversation).length;
    const fresh = now.slice(-count);
    faults.push(...fresh.filter(({ message }) => !message.fetch).flatMap(lookFaults));
    if (walk.random() >= 0.2) continue;
    faults.push(...fresh.flatMap((each) => markFaults(each, now)));
    faults.push(...now.filter((each) => !each.message.marks).flatMap((each) => markFaults(each, now)));
    if (conversation !== event.conversation) continue;
    faults.push(...labelFaults(now), ...(await wordFaults(walk, conversation, now)));
  }
  return faults;
}

/** It says something, fits the platform in parts, and names every choice once. */
function lookFaults(out: Outgoing): string[] {
  const text = words(fitChoices(out, 0).text);
  const parts = splitText(fitChoices(out, 0).text, MOST).map(words);
  const marked = markedIn(out);
  const typed = buttonsOf(out.message).filter((each) => each.typed !== undefined && each.typed !== '');
  const lines = underneath(out).split('\n');
  const named =
    lines
      .at(-1)
      ?.replace(/^.*?: /, '')
      .split(', ') ?? [];
  return [
    ...(text.trim() === '' ? ['a message without words'] : []),
    ...(parts.some((part) => part.length > MOST || part.trim() === '') ? ['a part too long or empty'] : []),
    ...(parts.join('').replace(/\s/g, '') === text.replace(/\s/g, '') ? [] : ['splitting loses words']),
    ...(new Set(marked.map(({ typed }) => typed)).size < marked.length ? ['a mark stands twice'] : []),
    ...(marked.map(({ label }) => label).join('\n') === labels(unmarked(out)) ? [] : [`not listed: ${text}`]),
    ...typed
      .filter(({ typed = '', label }) => !named.includes(typed) && !lines.includes(label))
      .map(({ label }) => `“${label}” is not named: ${text}`),
  ];
}

const labels = (buttons: readonly Button[]): string => buttons.map(({ label }) => label).join('\n');

/** Typing a mark right away chooses what stands beside it. */
const markFaults = (out: Outgoing, now: readonly Outgoing[]): string[] =>
  markedIn(out).flatMap(({ typed }, n) => {
    const wanted = unmarked(out)[n]?.action;
    const found = chosenBy(typed, now);
    return found === wanted
      ? []
      : [`“${typed}” of “${rendered(out).slice(0, 60)}” is ${found}, not ${wanted}`];
  });

/** Typing what stands beside a mark chooses the same, unless it stands there twice. */
function labelFaults(now: readonly Outgoing[]): string[] {
  const newest = now.at(-1)?.message;
  if (!newest?.marks || newest.marks === 'coded') return [];
  return buttonsOf(newest).flatMap(({ label }) => {
    const same = buttonsOf(newest).filter((each) => fold(each.label) === fold(label));
    const wanted = new Set(same.map(({ action }) => action)).size === 1 ? same[0]?.action : undefined;
    const found = chosenBy(label, now);
    return found === wanted ? [] : [`“${label}” is ${found}, not ${wanted}`];
  });
}

/** Typing a code or a word that the open question shows does what its button does, or asks whether that was meant. */
async function wordFaults(walk: Walk, conversation: string, now: readonly Outgoing[]): Promise<string[]> {
  const { picked: _, ...session } = walk.sessions.get(conversation) ?? newSession(conversation);
  const question = now.at(-1)?.message;
  if (session.waiting.flow !== 'fill' || session.pausedUntil !== undefined) return [];
  if (!question?.key?.startsWith('q/')) return [];
  const facts = await walk.world.facts(conversation);
  const base = { id: 'try', conversation, at: facts.now };
  return buttonsOf(question).flatMap(({ typed, action }) => {
    if (typed === undefined || typed === '') return [];
    const found = chosenBy(typed, now);
    if (found !== undefined) return found === action ? [] : [`“${typed}” is ${found}, not ${action}`];
    const wanted = step(session, { ...base, type: 'button', action }, facts);
    const done = step(session, { ...base, type: 'text', text: typed }, facts);
    const doubt = done.session.doubts.find((each) => each.typed === typed);
    const asked = doubt?.readings.some(({ value }) => JSON.stringify(value) === valueIn(wanted));
    const isSame =
      valueIn(done) === valueIn(wanted) && isDeepStrictEqual(done.session.waiting, wanted.session.waiting);
    return isSame || asked ? [] : [`“${typed}” does not do what its button does`];
  });
}

const valueIn = ({ changes }: Step): string | undefined =>
  changes.flatMap((each) => (each.type === 'answer_set' ? [JSON.stringify(each.answer.value)] : []))[0];

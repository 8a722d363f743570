// People of the whole-period test who press and open what was meant for others: nothing may come of it.
import type { Seen } from '../stand-ins/telegram/world.ts';
import { type TelegramChat, telegramChat, until } from './chat.ts';
import type { Unit } from './officers.ts';
import type { Town } from './town.ts';

const buttonsIn = (chat: TelegramChat): readonly string[] => [
  ...new Set(chat.person.messages.flatMap(({ buttons }) => buttons.flat().map(({ data }) => data))),
];

/** So many of each kind are enough: what a button does is told by its first letter. */
const MOST_OF_A_KIND = 12;

/**
 * `thief` gets the buttons that stand in these chats forwarded, without the words around it, and presses them one after the
 * other. Buttons that only carry a command are everybody's own and are left out. Gives how many were pressed.
 */
export async function pressesAll(
  town: Town,
  thief: TelegramChat,
  others: readonly TelegramChat[],
): Promise<number> {
  const stolen = [...new Set(others.flatMap(buttonsIn))].filter((data) => !data.startsWith('/'));
  const own = new Set(buttonsIn(thief));
  const theirs = stolen.filter((data) => !own.has(data));
  const kinds = [...new Set(theirs.map((data) => data.charAt(0)))];
  const foreign = kinds.flatMap((kind) =>
    theirs.filter((data) => data.startsWith(kind)).slice(-MOST_OF_A_KIND),
  );
  const [any] = thief.person.messages;
  if (!any) throw new Error('nothing was ever said here');
  for (const data of foreign) {
    const forwarded: Seen = {
      ...any,
      id: 1_000_000,
      text: 'Tin chuyển tiếp',
      bold: [],
      buttons: [[{ label: 'x', data }]],
    };
    (thief.person.messages as Seen[]).push(forwarded);
    thief.tap(data);
    await until('an answer to the press', () => (town.telegram.clocks() === 0 ? true : undefined));
  }
  return foreign.length;
}

/** A stranger with a code that was used, and an officer with the unused code of another unit; what each is told. */
export async function opensLinks(
  town: Town,
  officer: TelegramChat,
  used: string,
  unused: string,
): Promise<readonly [stranger: string, officer: string]> {
  const stranger = telegramChat(town.telegram.user(9_999));
  await stranger.say(`/start ${used}`);
  const { text } = await stranger.hears(/./);
  await officer.say(`/start ${unused}`);
  return [text, (await officer.hears(/./)).text];
}

/** Every way to change what was accepted; what the officer is told each time. */
export async function changesAccepted(unit: Unit, chat: TelegramChat): Promise<readonly string[]> {
  const told: string[] = [];
  const tries = ['/sua II.1', '5', '/trong', '/nop', '/hoantac'];
  for (const words of tries) {
    await chat.say(words);
    told.push((await chat.hears(/./)).text);
  }
  await chat.choose('Rút lại để sửa');
  told.push((await chat.hears(/./)).text);
  const typed = chat.person.messages.find(
    ({ from, text }) => from === 'person' && text === unit.answers.get('de-ra')?.typed,
  );
  if (typed) chat.person.edit(typed.id, '99');
  return told;
}

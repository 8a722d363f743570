// Somebody on a channel without buttons, who types the marks of choices as they stand in the chat, a minute after the other.
import { fitChoices } from '../../src/channels/choices.ts';
import { plain, type World } from './world.ts';

export type Typing = {
  /** Types words and resolves to what is then on the screen, with the marks of its choices. */
  say(text: string): Promise<string>;
};

/** `since`: the instant from which the minutes count. */
export function typing(world: World, who: string, since: string): Typing {
  let minute = 0;
  return {
    async say(text) {
      minute += 1;
      world.setNow(new Date(Date.parse(since) + minute * 60_000).toISOString());
      await world.say(who, text);
      const [last] = await world.storage.transcript(who, 0, 1);
      return last ? plain({ text: fitChoices(last, 0).text }) : '';
    },
  };
}

/** The mark that stands before the choice with this label. */
export const markOf = (shown: string, label: string): string =>
  shown
    .split('\n')
    .find((line) => line.includes(`. ${label}`))
    ?.split('.')[0] ?? `no ${label} in ${shown}`;

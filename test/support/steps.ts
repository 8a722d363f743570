// People who do one thing a minute, so that the order of what happened is the order of its times.
import { shown } from './office.ts';
import type { Seen, World } from './world.ts';

export type Steps = {
  /** A minute goes by. */
  readonly later: () => void;
  readonly say: (who: string, text: string) => Promise<readonly Seen[]>;
  readonly press: (who: string, label: string) => Promise<readonly Seen[]>;
};

/** `world`: the one of the test that runs; `since`: the instant from which the minutes count. */
export function stepByStep(world: World, since: string): Steps {
  let minute = 0;
  const later = (): void => {
    minute += 1;
    world.setNow(new Date(Date.parse(since) + minute * 60_000).toISOString());
  };
  return {
    later,
    say: (who, text) => {
      later();
      return world.say(who, text);
    },
    press: (who, label) => {
      later();
      return world.press(who, label);
    },
  };
}

/** What these messages say to somebody, with the labels of their buttons. */
export const told = (seen: readonly Seen[], who: string): string =>
  shown(seen.filter(({ conversation }) => conversation === who));

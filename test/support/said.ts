// What was said in the test office, as an officer reads it.
import { buttonsOf, plain, type Seen } from './world.ts';

/** All of it, message by message, bold marked with asterisks. */
export const said = (seen: readonly Seen[]): string => seen.map(({ message }) => plain(message)).join('\n');

/** What was said in one conversation. */
export const saidTo = (who: string, seen: readonly Seen[]): string =>
  said(seen.filter(({ conversation }) => conversation === who));

/** The words on all buttons. */
export const labels = (seen: readonly Seen[]): string[] =>
  seen.flatMap(({ message }) => buttonsOf(message).map(({ label }) => label));

/** The code of an invitation in the words. */
export const codeIn = (seen: readonly Seen[]): string => /\/start (\S+)/.exec(said(seen))?.[1] ?? '';

/** What one conversation sees, with the words on the buttons in brackets. */
export const shownTo = (who: string, seen: readonly Seen[]): string =>
  seen
    .filter(({ conversation }) => conversation === who)
    .map(
      ({ message }) =>
        `${plain(message)}\n${buttonsOf(message)
          .map(({ label }) => `[${label}]`)
          .join(' ')}`,
    )
    .join('\n');

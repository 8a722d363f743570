// Reads the day of a week as people write it: "thứ hai", "thứ 6", "chủ nhật".
const NUMBERS = ['hai', 'ba', 'tu', 'nam', 'sau', 'bay'];
const WEEKDAY = /\b(?:thu (?<name>hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b/;

/** The first day of the week in folded words (0 is a Sunday), and the words without it; undefined when there is none. */
export function takeWeekday(words: string): { readonly weekday: number; readonly rest: string } | undefined {
  const match = WEEKDAY.exec(words);
  if (!match) return undefined;
  const { name } = match.groups ?? {};
  const rest = `${words.slice(0, match.index)} ${words.slice(match.index + match[0].length)}`;
  const digit = Number(name);
  const weekday = name === undefined ? 0 : digit ? digit - 1 : NUMBERS.indexOf(name) + 1;
  return { weekday, rest: rest.replace(/\s+/g, ' ').trim() };
}

/** Which day of the week a day (YYYY-MM-DD) is; 0 is a Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

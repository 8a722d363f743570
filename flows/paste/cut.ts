// A paste that the platform has cut into several messages: the parts read as one text, and nothing taken for certain at the cuts.
import { canonical } from '../../src/domain/canonical.ts';
import { clean } from '../../src/domain/words.ts';
import type { Pasted, PastedLine, Proposed } from './pasted.ts';

/**
 * Longest text of one message: Telegram cuts at 4,096 characters (core.telegram.org/bots/api, sendMessage "text"), Zalo at 2,000
 * (bot.zapps.me, sendMessage "text").
 */
const LIMITS = [4096, 2000];
/** A part of a cut text is nearly that long: it ends at a word or a line where there is one. */
const NEARLY = 0.9;

/** True for a message as long as those that a platform cuts off. */
export const isFull = (text: string): boolean =>
  LIMITS.some((limit) => text.length >= limit * NEARLY && text.length <= limit);

type Read = (text: string) => Pasted;

/** What may have stood at a cut: platforms drop blanks, tabs and breaks at both ends of a message. */
const BETWEEN = ['\n', '', ' ', '\t'];

/** The parts as one text, with the indicators that the cuts leave uncertain and what each may be. */
type Joined = { readonly text: string; readonly unsure: ReadonlyMap<string, readonly PastedLine[]> };

/** Reads the parts as one. A row that depends on what stood at a cut is asked about; `text` is what `n` counts the lines of. */
export function readParts(parts: readonly string[], read: Read): Pasted {
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return read(first);
  const { text, unsure } = rest.reduce<Joined>(
    (before, part) => {
      const next = joinedAt(before.text, part, read);
      return { text: next.text, unsure: new Map([...before.unsure, ...next.unsure]) };
    },
    { text: first, unsure: new Map() },
  );
  const found = read(text);
  return { ...found, lines: found.lines.map((line) => asked(line, unsure)) };
}

function joinedAt(text: string, part: string, read: Read): Joined {
  if (isAtBreak(text, part, read)) return { text: `${text}\n${part}`, unsure: new Map() };
  const ways = BETWEEN.map((between) => {
    const whole = `${text}${between}${part}`;
    const found = read(whole);
    return { whole, found, placed: placedIn(found), seam: seamIn(text, between) };
  });
  const best = ways.reduce((one, other) => (other.placed.size > one.placed.size ? other : one));
  // In a list of bare figures every one behind the cut depends on it.
  const isList = ways.some(({ found }) => found.list);
  const unsure = [...best.placed].filter(([id, line]) => {
    const others = ways.map(({ placed }) => placed.get(id));
    const isNear = isList || touches(line, best.seam);
    return others.some((other) => (other ? meant(other) !== meant(line) : isNear));
  });
  return {
    text: best.whole,
    unsure: new Map(unsure.map(([id]) => [id, ways.flatMap(({ placed }) => placed.get(id) ?? [])])),
  };
}

/** The lines, counted from 1, on both sides of the cut. */
function seamIn(text: string, between: string): { readonly from: number; readonly to: number } {
  const from = text.split('\n').length;
  return { from, to: between === '\n' ? from + 1 : from };
}

const touches = ({ n, text }: PastedLine, { from, to }: ReturnType<typeof seamIn>): boolean =>
  n <= to && n + text.split('\n').length - 1 >= from;

/** Between a row with its value and another that names itself: nothing of either can be missing. */
function isAtBreak(text: string, part: string, read: Read): boolean {
  const [before, after] = [read(text), read(part)];
  if (before.list || after.list) return false;
  const last = before.lines.findLast(isSomething);
  const first = after.lines.find(isSomething);
  // A row over several lines may begin with what another one lacks.
  const isOne = first !== undefined && !first.text.includes('\n');
  return last?.is === 'placed' && isOne && (first.is === 'placed' || first.is === 'heading');
}

const isSomething = ({ text }: PastedLine): boolean => text.trim() !== '';

const placedIn = ({ lines }: Pasted): ReadonlyMap<string, PastedLine> =>
  new Map(
    lines.flatMap((line) => (line.is === 'placed' && line.indicator ? [[line.indicator.id, line]] : [])),
  );

const meant = ({ value, note }: PastedLine): string => canonical([value ?? null, note ?? '']);

/** What is not certain is asked once the rest is stored. */
function asked(line: PastedLine, unsure: Joined['unsure']): PastedLine {
  const ways = line.is === 'placed' && line.indicator ? unsure.get(line.indicator.id) : undefined;
  if (!ways) return line;
  const { value: _, note: __, ...rest } = line;
  const readings = new Map(
    ways.flatMap(({ value, note }): [string, Proposed][] =>
      value ? [[canonical([value, note]), note === undefined ? { value } : { value, note }]] : [],
    ),
  );
  return { ...rest, is: 'doubt', why: 'cut', readings: [...readings.values()] };
}

/** True when the first line of a message goes on in the row that the message before it broke off: only joined is it understood. */
export function goesOn(text: string, part: string, read: Read): boolean {
  if (isAtBreak(text, part, read)) return false;
  const apart = placedIn(read(text)).size + placedIn(read(part)).size;
  const first = clean(part).split('\n')[0] ?? '';
  const isAlone = placedIn(read(first)).size === 0;
  return isAlone && BETWEEN.some((between) => placedIn(read(`${text}${between}${part}`)).size > apart);
}

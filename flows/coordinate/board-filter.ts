// What part of the board is shown: read from what was typed, and short enough to stand on a button.
import type { BoardFilter } from '../../src/domain/board.ts';
import type { Unit } from '../../src/domain/people.ts';
import { fold } from '../../src/domain/words.ts';

type State = NonNullable<BoardFilter['state']>;

/** How states are typed, without diacritics. */
const STATES: Readonly<Record<string, State>> = {
  'qua han': 'overdue',
  'cham nop': 'overdue',
  cham: 'overdue',
  'chua nop': 'unsent',
  'chua bat dau': 'notStarted',
  'dang nhap': 'inProgress',
  'cho duyet': 'awaiting',
  'da nop': 'submitted',
  'da tiep nhan': 'accepted',
  'tra lai': 'returned',
};
const STATE_NAMES: ReadonlySet<string> = new Set(Object.values(STATES));
/** With everything else a button carries, an action stays below 64 bytes. */
const LONGEST = { kind: 16, words: 20 };

const slug = (text: string, longest: number): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, longest);

/** "<state>.<kind>.<words>", each without diacritics and with dashes; '' when everything is shown. */
export function filterCode({ state, kind = '', words = '' }: BoardFilter): string {
  const parts = [state ?? '', slug(kind, LONGEST.kind), slug(words, LONGEST.words)];
  return parts.every((part) => part === '') ? '' : parts.join('.');
}

/** Reads the code back; a kind is one of those that the units have. */
export function readFilter(code: string, units: readonly Unit[]): BoardFilter {
  const [state = '', kind = '', words = ''] = code.split('.');
  const found = kinds(units).find((each) => slug(each, LONGEST.kind) === kind);
  return {
    ...(STATE_NAMES.has(state) && { state: state as State }),
    ...(found !== undefined && { kind: found }),
    ...(words !== '' && { words: words.replaceAll('-', ' ') }),
  };
}

/** What was typed after /tiendo: "chưa bắt đầu", "xã", "xã phú", "phú lý"; what is neither a state nor a kind is looked for in the names. */
export function typedFilter(typed: string, units: readonly Unit[]): BoardFilter {
  let rest = ` ${fold(typed)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `;
  const take = (word: string): boolean => {
    if (!rest.includes(` ${word} `)) return false;
    rest = rest.replace(` ${word} `, ' ');
    return true;
  };
  const state = Object.keys(STATES).find(take);
  const kind = [...kinds(units)]
    .sort((a, b) => b.length - a.length)
    .find((each) => take(slug(each, 40).replaceAll('-', ' ')));
  const words = rest.trim();
  return {
    ...(state !== undefined && { state: STATES[state] as State }),
    ...(kind !== undefined && { kind }),
    ...(words !== '' && { words }),
  };
}

/** The kinds that these units have, as they were imported, those of most units first. */
export function kinds(units: readonly Unit[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { kind } of units) if (kind !== '') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([kind]) => kind);
}

// Who is meant by the words of /cho: colleagues who are there, or a name for somebody who is not.
import { idOfChosen } from '../../src/domain/assignment.ts';
import type { Person } from '../../src/domain/people.ts';
import { clean, fold } from '../../src/domain/words.ts';
import type { Facts, Opened } from '../flow.ts';

/** Who of the unit may be given a part. */
export const colleaguesIn = ({ people, person }: Facts, { unit }: Opened): readonly Person[] =>
  people.filter(
    ({ id, unit: own, role, leftAt }) =>
      own === unit.id &&
      leftAt === undefined &&
      id !== person?.id &&
      (role === 'officer' || role === 'helper'),
  );

/** Somebody who is meant; without `name` the words name an office, a paper, or nobody. */
export type Meant = { readonly name?: string; readonly colleagues: readonly Person[] };

const NOBODY: Meant = { colleagues: [] };

/** Whom all of these rows wait for, where the same words say so. */
export function meantBy(facts: Facts, opened: Opened, rows: readonly string[]): Meant {
  const words = rows.map((id) => awaitedWords(opened, idOfChosen(id)));
  const [first = ''] = words;
  const name = words.every((each) => fold(each) === fold(first)) ? nameIn(first) : undefined;
  if (name === undefined) return NOBODY;
  const wanted = tokensOf(name);
  const colleagues = colleaguesIn(facts, opened).filter((each) => {
    const own = tokensOf(each.name);
    return wanted.join(' ') === own.slice(-wanted.length).join(' ');
  });
  return { name, colleagues };
}

/** For whom or what an indicator waits; '' when it does not, or nobody has said. */
export function awaitedWords({ report }: Opened, id: string): string {
  const { value, waitsFor } = report.answers[id] ?? {};
  return value?.is === 'pending' ? (waitsFor?.what ?? '') : '';
}

const TITLE = /^(?:(?:anh|chị|cô|chú|bác|ông|bà|em|đồng chí|đ\/c)\s+)+/iu;
/** What an office is called, however it is written. */
const OFFICE =
  /^(?:phong|so|ubnd|uy ban|ban|van phong|chi cuc|cuc|xa|phuong|to|doi|trung tam|bo phan)(?:\s|$)/;
const MOST_WORDS = 5;

/** "chị Mai" and "Nguyễn Thị Mai", and nothing that is not written like somebody's name. */
function nameIn(typed: string): string | undefined {
  const words = clean(typed)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.,;]+$/, '');
  const rest = words.replace(TITLE, '');
  const parts = rest.split(' ');
  const isAddressed = rest !== words;
  const isName = parts.every((part) => /^\p{L}[\p{L}\p{M}]*$/u.test(part)) && parts.length <= MOST_WORDS;
  if (!isName || (!isAddressed && (OFFICE.test(fold(rest)) || !parts.every(isCapital)))) return undefined;
  return parts.map((part) => part.slice(0, 1).toLocaleUpperCase('vi') + part.slice(1)).join(' ');
}

const isCapital = (part: string): boolean => /^\p{Lu}/u.test(part);
const tokensOf = (name: string): readonly string[] => fold(name).split(/\s+/).filter(Boolean);

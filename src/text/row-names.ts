// How rows are called where space is short: no two rows of a form by the same name, however alike their labels are.
import { addressOf, ancestors } from '../domain/progress.ts';
import type { Row, Template } from '../domain/template.ts';
import { ends, plainLabel, short } from './common.ts';

/** What stands in front of a label, and the label itself, shortened. */
type Parts = { readonly head: string; readonly label: string };

/**
 * A row's name of about `max` characters that no other row of the form has: "II.3 · Số VBQPPL đã rà soát". Names that would be
 * alike are told apart by a few words in front of the label: "VII.4 (UBND cấp xã) · Số lượng văn bản … điện tử)".
 */
export function ownName(template: Template, row: Row, max: number, between = ' · '): string {
  const { head, label } = namesOf(template, max).get(row.id) ?? partsOf(template, row, max);
  return head === '' ? label : `${head}${between}${label}`;
}

/** The name of the row with this id; the id itself where the form has no such row. */
export function nameOf(template: Template, id: string, max: number): string {
  const row = template.byId.get(id);
  return row ? ownName(template, row, max) : id;
}

/** A form never changes, so its names are made once for each length. */
const made = new WeakMap<Template, Map<number, ReadonlyMap<string, Parts>>>();

function namesOf(template: Template, max: number): ReadonlyMap<string, Parts> {
  const known = made.get(template) ?? new Map<number, ReadonlyMap<string, Parts>>();
  made.set(template, known);
  const names = known.get(max) ?? makeNames(template, max);
  known.set(max, names);
  return names;
}

/** Who is called like a row, and how often that was found. */
type Alike = { readonly rivals: ReadonlySet<Row>; readonly times: number };

/** So often names are made anew: words in front leave less room for the label, and names become alike by that. */
const ROUNDS = 6;

function makeNames(template: Template, max: number): ReadonlyMap<string, Parts> {
  const alike = new Map<Row, Alike>();
  for (let round = 0; ; round++) {
    const names = new Map(
      template.rows.map((row) => [row.id, partsOf(template, row, max, alike.get(row))] as const),
    );
    const same = rowsCalledAlike(template, names);
    if (same.length === 0 || round === ROUNDS) return names;
    for (const rows of same) {
      for (const row of rows) {
        const { rivals = [], times = 0 } = alike.get(row) ?? {};
        alike.set(row, {
          rivals: new Set([...rivals, ...rows].filter((each) => each !== row)),
          times: times + 1,
        });
      }
    }
  }
}

function rowsCalledAlike(template: Template, names: ReadonlyMap<string, Parts>): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of template.rows) {
    const name = `${names.get(row.id)?.head} ${names.get(row.id)?.label}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups.values()].filter((rows) => rows.length > 1);
}

const SHORTEST_LABEL = 12;
/** The room for what tells rows apart; more of it when that was not enough twice. */
const DIFFERENCE = { least: 30, more: 15 };

function partsOf(template: Template, row: Row, max: number, alike?: Alike): Parts {
  const room = DIFFERENCE.least + DIFFERENCE.more * Math.max(0, (alike?.times ?? 0) - 2);
  const apart = alike ? ends(difference(template, row, [...alike.rivals]), room) : '';
  const head = [addressOf(template, row), apart && `(${apart})`].filter(Boolean).join(' ');
  const left = Math.max(SHORTEST_LABEL, max - head.length - 3);
  // Both ends of a label in very little room say nothing any more.
  return { head, label: (left < 18 ? short : ends)(plainLabel(row), left) };
}

/** What tells a row from those called alike: the nearest heading above, its own words, the rows printed before it, or its place. */
function difference(template: Template, row: Row, rivals: readonly Row[]): string {
  let left = rivals;
  const found: string[] = [];
  for (const context of contexts(template)) {
    const mine = context(row);
    const others = left.map(context).filter((each) => each !== mine);
    if (others.length === 0) continue;
    found.push(unlike(mine, others));
    left = left.filter((each) => context(each) === mine);
  }
  return found.filter(Boolean).join(', ');
}

/** How far up, and how far back, it is looked for a difference. */
const DEEPEST = 4;

function contexts(template: Template): ((row: Row) => string)[] {
  const steps = Array.from({ length: DEEPEST }, (_, n) => n + 1);
  const labelOf = (row: Row | undefined): string => (row ? plainLabel(row).replace(/\s+/g, ' ') : '');
  return [
    ...steps.map((n) => (row: Row) => labelOf(ancestors(template, row).at(-n))),
    labelOf,
    ...steps.map((n) => (row: Row) => labelOf(template.rows[template.rows.indexOf(row) - n])),
    (row) => `dòng ${template.rows.indexOf(row) + 1}`,
  ];
}

/** Words that lead over to the next ones, and make sense with them alone. */
const LEADING = new Set('trong được thuộc của tại do từ đã và theo cho qua'.split(' '));

/** The words of a text that others have not at this place, with one or two before them to be understood. */
function unlike(text: string, others: readonly string[]): string {
  const mine = text.split(' ');
  const all = [mine, ...others.map((each) => each.split(' '))];
  const shortest = Math.min(...all.map((each) => each.length));
  const start = countWhile(shortest, (n) => all.every((each) => each[n] === mine[n]));
  const end = countWhile(shortest - start, (n) => all.every((each) => each.at(-1 - n) === mine.at(-1 - n)));
  // Where another one only lacks words, the words that follow tell them apart.
  const isPart = shortest - start - end === 0;
  const before = isPart ? 0 : LEADING.has(mine[start - 1] ?? '') ? 1 : 2;
  const words = mine.slice(Math.max(0, start - before), mine.length - end + (isPart ? 2 : 0));
  return words.join(' ').replace(/^[\s,.;:(-]+|[\s,.;:(-]+$/g, '');
}

function countWhile(most: number, holds: (n: number) => boolean): number {
  let n = 0;
  while (n < most && holds(n)) n += 1;
  return n;
}

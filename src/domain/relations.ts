// Which rows a relation between indicators reads: their figures, their notes, or whether they hold anything.
import type { Relation } from './template.ts';

/** A relation of one kind. */
export type Of<K extends Relation['kind']> = Extract<Relation, { kind: K }>;

/** The rows whose figure a relation compares. */
export function figuresRead(relation: Relation): readonly string[] {
  switch (relation.kind) {
    case 'atMost':
    case 'equal':
      return [...relation.left, ...(typeof relation.right === 'number' ? [] : relation.right)];
    case 'together':
      return [...relation.left, ...relation.right];
    case 'sum':
      return [relation.total, ...relation.parts];
    case 'ratio':
      return [relation.value, ...relation.part, ...relation.whole];
    case 'filledWhen':
    case 'blankWhen':
      return [relation.when];
    case 'zeroWhen':
      return [relation.when, ...relation.zero];
    case 'impliesSome':
      return [relation.when, ...relation.some];
    case 'notCountOf':
      return [relation.value, relation.of];
    case 'noteNumber':
      return [...relation.value, ...(relation.minus ?? [])];
    case 'noteSaysNone':
      return relation.zero;
    case 'range':
    case 'cumulative':
    case 'change':
      return [relation.value];
  }
}

/** The rows whose note a relation reads; they may be headings. */
export function notesRead(relation: Relation): readonly string[] {
  if (relation.kind === 'noteNumber' || relation.kind === 'noteSaysNone') return [relation.note];
  return relation.kind === 'ratio' && relation.lessNote !== undefined ? [relation.lessNote] : [];
}

/** Every row a relation reads, each once. */
export function rowsRead(relation: Relation): readonly string[] {
  const presence =
    relation.kind === 'filledWhen' ? relation.filled : relation.kind === 'blankWhen' ? relation.blank : [];
  return [...new Set([...figuresRead(relation), ...presence, ...notesRead(relation)])];
}

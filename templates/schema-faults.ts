// What the schema found wrong, as faults with a path and a Vietnamese sentence.
import type { z } from 'zod';
import { templateIssues as say } from '../src/text/template-issues.ts';
import type { Path } from './locate.ts';
import { RELATION_KINDS, ROW_KINDS, TITLE_STYLES } from './schema.ts';

type SchemaIssue = z.core.$ZodIssue;
type UnionIssue = Extract<SchemaIssue, { code: 'invalid_union' }>;

/** `shaped`: everything else still has the shape of a template, so that its content can be checked too. */
type Fault = { readonly path: Path; readonly message: string; readonly shaped: boolean };

const KIND_KEYS: readonly string[] = [...ROW_KINDS, ...TITLE_STYLES, ...RELATION_KINDS];

/** All faults of a file's content. `raw` is what was read, to tell a missing key from a wrong one. */
export const schemaFaults = (issues: readonly SchemaIssue[], raw: unknown): Fault[] =>
  issues.flatMap((issue) => faultsOf(issue, raw, []));

function faultsOf(issue: SchemaIssue, raw: unknown, base: Path): Fault[] {
  const path = [...base, ...(issue.path as Path)];
  const fault = (message: string, shaped = true): Fault => ({ path, message, shaped });
  switch (issue.code) {
    case 'invalid_union':
      return unionFaults(issue, raw, path);
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: say.unknownKey(key), shaped: true }));
    case 'invalid_type':
      return [fault(wrongType(issue.expected, valueAt(raw, path), path), false)];
    case 'invalid_value':
      return valueAt(raw, path) === undefined
        ? [fault(say.missingKey(String(path.at(-1))), false)]
        : [fault(say.oneOf(issue.values.map(String)))];
    case 'invalid_format':
      return [fault(say.badId())];
    case 'too_small':
      return [fault(tooSmall(issue), issue.origin !== 'array')];
    case 'too_big':
      return [fault(tooBig(issue), issue.origin !== 'array')];
    default:
      return [fault(say.unexpected(issue.message), false)];
  }
}

/** Of several shapes, the one the author meant is the one whose own key is there; when none is, one sentence names them all. */
function unionFaults(issue: UnionIssue, raw: unknown, path: Path): Fault[] {
  const missingKey = (branch: readonly SchemaIssue[]): string | undefined =>
    branch
      .filter(
        (each) => each.path.length === 1 && valueAt(raw, [...path, ...(each.path as Path)]) === undefined,
      )
      .map((each) => String(each.path[0]))
      .find((key) => KIND_KEYS.includes(key));
  const meant = issue.errors.find(
    (branch) =>
      missingKey(branch) === undefined &&
      !branch.some((each) => each.path.length === 0 && each.code === 'invalid_type'),
  );
  if (meant) return meant.flatMap((each) => faultsOf(each, raw, path));
  const value = valueAt(raw, path);
  const keys = issue.errors.flatMap((branch) => missingKey(branch) ?? []);
  if (keys.length > 0) return [{ path, message: say.oneKeyOf(keys), shaped: false }];
  if (value === undefined) return [{ path, message: say.missingKey(String(path.at(-1))), shaped: false }];
  const listed = issue.errors.some((branch) =>
    branch.some((each) => each.code === 'invalid_type' && each.expected === 'array'),
  );
  return [{ path, message: listed ? say.needsTerm() : say.needsText(), shaped: false }];
}

function wrongType(expected: string, value: unknown, path: Path): string {
  if (value === undefined)
    return typeof path.at(-1) === 'number' ? say.emptyValue() : say.missingKey(String(path.at(-1)));
  if (value === null) return say.emptyValue();
  switch (expected) {
    case 'string':
      return say.needsText();
    case 'int':
      return typeof value === 'number' ? say.wholeNumber() : say.needsNumber();
    case 'number':
      return say.needsNumber();
    case 'boolean':
      return say.needsTrueFalse();
    case 'array':
      return say.needsList();
    case 'tuple':
      return say.twoItems();
    case 'object':
      return say.needsKeys();
    default:
      return say.unexpected(expected);
  }
}

function tooSmall(issue: Extract<SchemaIssue, { code: 'too_small' }>): string {
  if (issue.origin === 'array') return issue.minimum === 2 ? say.twoItems() : say.emptyList();
  if (issue.origin === 'string') return say.emptyValue();
  return issue.inclusive === false
    ? say.mustExceed(Number(issue.minimum))
    : say.tooSmall(Number(issue.minimum));
}

function tooBig(issue: Extract<SchemaIssue, { code: 'too_big' }>): string {
  if (issue.origin === 'array') return say.twoItems();
  return issue.origin === 'string' ? say.tooLong(Number(issue.maximum)) : say.tooBig(Number(issue.maximum));
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined,
    raw,
  );
}

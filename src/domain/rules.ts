// Whether the rules between indicators hold for the answers given so far. Pure; the words for a finding live in src/text.
import type { Outcome, RuleFinding } from './finding.ts';
import {
  type Answers,
  add,
  type Given,
  isBlank,
  isComplete,
  isEmpty,
  isWaiting,
  isZeroOrEmpty,
  type RuleOptions,
  SLACK,
} from './given.ts';
import { firstNumberIn, noted } from './note-rules.ts';
import { type Of, rowsRead } from './relations.ts';
import { figure } from './report.ts';
import type { Rule, Severity, Template } from './template.ts';

/** The rules that do not hold, in the template's order. A cell nobody has answered yet, or pending, decides nothing. */
export function checkRules(template: Template, answers: Answers, options: RuleOptions = {}): RuleFinding[] {
  const wanted = options.only && new Set(options.only.flatMap((id) => template.rulesOf.get(id) ?? []));
  const rules = wanted ? template.rules.filter((rule) => wanted.has(rule)) : template.rules;
  return rules.flatMap((rule) => {
    const outcome = evaluate(rule, { answers, options });
    if (!outcome) return [];
    const rows = rowsRead(rule);
    const figures = Object.fromEntries(rows.map((id) => [id, figure(answers[id])]));
    const {
      state = 'violated',
      severity = state === 'violated' ? rule.severity : soften(rule.severity),
      ...rest
    } = outcome;
    return [
      {
        kind: 'rule',
        id: rule.id,
        severity,
        state,
        rule,
        rows,
        figures,
        missing: [],
        offending: [],
        ...rest,
      } as const,
    ];
  });
}

const soften = (severity: Severity): Severity => (severity === 'hard' ? 'soft' : severity);

function evaluate(rule: Rule, given: Given): Outcome | undefined {
  switch (rule.kind) {
    case 'atMost':
    case 'equal':
      return compare(rule, given);
    case 'sum':
      return sum(rule, given);
    case 'ratio':
      return ratio(rule, given);
    case 'range':
      return range(rule, given);
    case 'filledWhen':
    case 'blankWhen':
    case 'zeroWhen':
    case 'impliesSome':
      return dependent(rule, given);
    case 'together':
      return together(rule, given);
    case 'notCountOf': {
      const [left, right] = [figure(given.answers[rule.value]), figure(given.answers[rule.of])];
      if (left === undefined || right === undefined || right >= 100) return undefined;
      return Number.isInteger(left) && left > 0 && left <= right ? { left, right } : undefined;
    }
    case 'noteNumber':
    case 'noteSaysNone':
      return noted(rule, given);
    case 'cumulative':
    case 'change':
      return overTime(rule, given);
  }
}

function compare(relation: Of<'atMost' | 'equal'>, { answers }: Given): Outcome | undefined {
  const [left, right] = [add(relation.left, answers), add(relation.right, answers)];
  if (!isComplete(right) || left.filled === 0) return undefined;
  const sides = { left: left.known, right: right.known };
  if (left.known > right.known + SLACK && (relation.kind === 'atMost' || isComplete(left))) return sides;
  return relation.kind === 'equal' && isComplete(left) && left.known < right.known - SLACK
    ? sides
    : undefined;
}

function sum(relation: Of<'sum'>, { answers }: Given): Outcome | undefined {
  const total = figure(answers[relation.total]);
  const parts = add(relation.parts, answers);
  if (total === undefined) {
    if (isWaiting(answers[relation.total]) || parts.filled === 0) return undefined;
    return {
      state: 'incomplete',
      severity: relation.totalMissing ?? 'soft',
      left: parts.known,
      missing: [relation.total],
    };
  }
  const figures = { left: parts.known, right: total };
  if (parts.known > total + SLACK) return figures;
  // All parts blank is a breakdown nobody gave, not one that falls short.
  if (!relation.exhaustive || parts.filled === 0 || parts.waiting.length > 0 || parts.known >= total - SLACK)
    return undefined;
  return parts.blank.length === 0 ? figures : { ...figures, state: 'incomplete', missing: parts.blank };
}

/** Accepts rounding and truncation: 12 of 19 may be printed as 63,1 or 63,2. */
function ratio(relation: Of<'ratio'>, given: Given): Outcome | undefined {
  const printed = given.answers[relation.value]?.value;
  const [part, whole] = [add(relation.part, given.answers), add(relation.whole, given.answers)];
  if (printed?.is !== 'number' || !isComplete(whole)) return undefined;
  if (whole.known === 0) return { severity: 'soft', left: printed.number };
  if (!isComplete(part)) return undefined;
  const less = relation.lessNote === undefined ? 0 : firstNumberIn(relation.lessNote, given);
  const exact = ((part.known - less) / whole.known) * 100;
  const holds = Math.abs(printed.number - exact) < 10 ** -printed.decimals - SLACK;
  return holds ? undefined : { left: printed.number, right: exact };
}

function range({ value, min, max }: Of<'range'>, { answers }: Given): Outcome | undefined {
  const left = figure(answers[value]);
  if (left === undefined) return undefined;
  if (min !== undefined && left < min) return { left, right: min };
  return max !== undefined && left > max ? { left, right: max } : undefined;
}

function dependent(
  relation: Of<'filledWhen' | 'blankWhen' | 'zeroWhen' | 'impliesSome'>,
  { answers }: Given,
): Outcome | undefined {
  const left = figure(answers[relation.when]);
  const trigger = left === undefined ? {} : { left };
  const positive = left !== undefined && left > 0;
  switch (relation.kind) {
    case 'filledWhen': {
      const missing = positive ? relation.filled.filter((id) => isBlank(answers[id])) : [];
      return missing.length > 0 ? { ...trigger, missing } : undefined;
    }
    case 'blankWhen': {
      const applies = left === 0 || (!isWaiting(answers[relation.when]) && isEmpty(answers[relation.when]));
      const offending = applies ? relation.blank.filter((id) => !isEmpty(answers[id])) : [];
      return offending.length > 0 ? { ...trigger, offending } : undefined;
    }
    case 'zeroWhen': {
      const offending = left === 0 ? relation.zero.filter((id) => !isZeroOrEmpty(answers[id])) : [];
      return offending.length > 0 ? { ...trigger, offending } : undefined;
    }
    case 'impliesSome': {
      const some = add(relation.some, answers);
      if (!positive || some.known >= 1 || some.waiting.length > 0) return undefined;
      const state = some.blank.length > 0 ? 'incomplete' : 'violated';
      return { ...trigger, right: some.known, state, missing: some.blank };
    }
  }
}

function together(relation: Of<'together'>, { answers }: Given): Outcome | undefined {
  const [left, right] = [add(relation.left, answers), add(relation.right, answers)];
  if (left.known > 0 === right.known > 0) return undefined;
  const lacking = left.known > 0 ? right : left;
  if (lacking.waiting.length > 0) return undefined;
  const state = lacking.blank.length > 0 ? 'incomplete' : 'violated';
  return { left: left.known, right: right.known, state, missing: lacking.blank };
}

function overTime(relation: Of<'cumulative' | 'change'>, { answers, options }: Given): Outcome | undefined {
  const before = relation.kind === 'cumulative' ? options.earlier : options.previous;
  const [left, right] = [figure(answers[relation.value]), figure(before?.[relation.value])];
  if (left === undefined || right === undefined) return undefined;
  if (relation.kind === 'cumulative') return left < right ? { left, right } : undefined;
  if (left <= 0 || right <= 0) return undefined;
  return left > right * relation.times || left < right / relation.times ? { left, right } : undefined;
}

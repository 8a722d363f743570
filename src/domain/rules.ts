// Whether the rules between indicators hold for the answers given so far. Pure; the words for a finding live in src/text.
import { type Answer, figure } from './report.ts';
import type { Relation, Rule, Severity, Template, Term } from './template.ts';
import { fold } from './words.ts';

export type Answers = Readonly<Record<string, Answer>>;

/**
 * A rule of the template that does not hold. `violated`: what was given contradicts the rule. `incomplete`: it cannot hold as
 * long as the cells in `missing` stay blank; never harder than soft, unless the rule says so for a missing total.
 * `left` and `right` are the two figures compared: atMost, equal, together: both sides; sum: parts, total; ratio: printed, exact
 * (no exact one when the whole is 0); range: value, limit broken; zeroWhen, blankWhen, filledWhen, impliesSome: `when`, and the
 * sum of the others; notCountOf: value, total; noteNumber: figure, number in the note; cumulative, change: now, before.
 */
export type RuleFinding = {
  readonly kind: 'rule';
  /** The rule's id. */
  readonly id: string;
  readonly severity: Severity;
  readonly state: 'violated' | 'incomplete';
  readonly rule: Rule;
  /** Every row that the rule reads, in the order in which the rule names them. */
  readonly rows: readonly string[];
  /** The figure in each of `rows`; undefined where there is none. */
  readonly figures: Readonly<Record<string, number | undefined>>;
  readonly left?: number;
  readonly right?: number;
  /** Rows whose blank cell is the trouble. */
  readonly missing: readonly string[];
  /** Rows that hold something they should not: filled against blankWhen, above 0 against zeroWhen and noteSaysNone. */
  readonly offending: readonly string[];
};

/** A check that every form has without a rule; its id is `<kind>:<row>`. */
export type RowFinding = {
  readonly id: string;
  readonly severity: Severity;
  /** The one row concerned. */
  readonly rows: readonly string[];
} & (
  | { readonly kind: 'noteInsteadOfValue'; readonly note: string }
  | { readonly kind: 'choiceBlank' }
  | { readonly kind: 'verbatimInFigure'; readonly text: string }
  | { readonly kind: 'tinyPercent'; readonly number: number }
  | { readonly kind: 'outOfRange'; readonly number: number }
  /** Chưa có số liệu: hard, but an explanation lets it pass. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'jump'; readonly number: number; readonly previous: number }
);

export type Finding = RuleFinding | RowFinding;

/**
 * `only`: just the rules that read one of these rows. `notes`: notes on groups and sections, by row.
 * `previous`: answers of the last period of the same kind. `earlier`: answers of the last period inside the same year (luỹ kế).
 */
export type RuleOptions = {
  readonly only?: readonly string[];
  readonly notes?: Readonly<Record<string, string>>;
  readonly previous?: Answers;
  readonly earlier?: Answers;
};

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

type Given = { readonly answers: Answers; readonly options: RuleOptions };
type Outcome = Partial<Pick<RuleFinding, 'state' | 'severity' | 'left' | 'right' | 'missing' | 'offending'>>;

/** Figures are compared with this slack, because sums of decimals are not exact in binary. */
const SLACK = 1e-9;
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

type Of<K extends Relation['kind']> = Extract<Relation, { kind: K }>;

/** A term's figures: their sum, how many there are, the cells left blank and those still waiting for an answer. */
type Sum = {
  readonly known: number;
  readonly filled: number;
  readonly blank: readonly string[];
  readonly waiting: readonly string[];
};

function add(term: Term | number, answers: Answers): Sum {
  if (typeof term === 'number') return { known: term, filled: 1, blank: [], waiting: [] };
  const figures = term.flatMap((id) => figure(answers[id]) ?? []);
  const empty = term.filter((id) => figure(answers[id]) === undefined);
  return {
    known: figures.reduce((total, each) => total + each, 0),
    filled: figures.length,
    blank: empty.filter((id) => !isWaiting(answers[id])),
    waiting: empty.filter((id) => isWaiting(answers[id])),
  };
}

const isComplete = (sum: Sum): boolean => sum.blank.length === 0 && sum.waiting.length === 0;
const isWaiting = (answer: Answer | undefined): boolean =>
  answer?.value === undefined || answer.value.is === 'pending';
const isBlank = (answer: Answer | undefined): boolean => answer?.value?.is === 'blank';
const isEmpty = (answer: Answer | undefined): boolean =>
  isWaiting(answer) || isBlank(answer) || answer?.value?.is === 'notApplicable';
const isZeroOrEmpty = (answer: Answer | undefined): boolean => isEmpty(answer) || figure(answer) === 0;

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
  const less =
    relation.lessNote === undefined ? 0 : (numbersIn(fold(noteOf(relation.lessNote, given)))[0]?.number ?? 0);
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

function noted(relation: Of<'noteNumber' | 'noteSaysNone'>, given: Given): Outcome | undefined {
  const note = fold(noteOf(relation.note, given));
  if (relation.kind === 'noteSaysNone') {
    const said = placesOf(relation.words, note).length > 0;
    const offending = said ? relation.zero.filter((id) => !isZeroOrEmpty(given.answers[id])) : [];
    return offending.length > 0 ? { offending } : undefined;
  }
  const right = numberBeside(note, relation.near, relation.side);
  const [value, minus] = [add(relation.value, given.answers), add(relation.minus ?? 0, given.answers)];
  if (right === undefined || !isComplete(value) || !isComplete(minus)) return undefined;
  const left = value.known - minus.known;
  return Math.abs(left - right) > SLACK ? { left, right } : undefined;
}

function overTime(relation: Of<'cumulative' | 'change'>, { answers, options }: Given): Outcome | undefined {
  const before = relation.kind === 'cumulative' ? options.earlier : options.previous;
  const [left, right] = [figure(answers[relation.value]), figure(before?.[relation.value])];
  if (left === undefined || right === undefined) return undefined;
  if (relation.kind === 'cumulative') return left < right ? { left, right } : undefined;
  if (left <= 0 || right <= 0) return undefined;
  return left > right * relation.times || left < right / relation.times ? { left, right } : undefined;
}

const noteOf = (row: string, { answers, options }: Given): string =>
  answers[row]?.note ?? options.notes?.[row] ?? '';

/** Where whole words stand in a folded text. */
function placesOf(words: string, folded: string): { start: number; end: number }[] {
  const pattern = fold(words).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const places = folded.matchAll(new RegExp(`(?<![a-z0-9])${pattern}(?![a-z0-9])`, 'g'));
  return [...places].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The number nearest to the first mention of `near` that has one on that side. */
function numberBeside(note: string, near: string, side: 'after' | 'before'): number | undefined {
  const numbers = numbersIn(note);
  for (const { start, end } of placesOf(near, note)) {
    const found =
      side === 'after'
        ? numbers.find((each) => each.start >= end)
        : numbers.findLast((each) => each.end <= start);
    if (found) return found.number;
  }
  return undefined;
}

/** Dates, years and document numbers (18/KH-SCT) are no figures; 5.949 and 5,949 are five thousand, 92,94 has decimals. */
function numbersIn(folded: string): { number: number; start: number; end: number }[] {
  const skip = String.raw`\d+[/-]\d+[/-]\d+|\d+\/[a-z][\w/-]*|(?:ngay|thang) \d+(?:\/\d+)+|nam \d{4}\b`;
  const pattern = new RegExp(
    String.raw`(?<![a-z\d])(?:${skip}|(\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?))`,
    'g',
  );
  return [...folded.matchAll(pattern)].flatMap((match) => {
    const text = match[1];
    if (text === undefined) return [];
    const grouped = /^\d{1,3}([.,]\d{3})+$/.test(text);
    const number = Number(grouped ? text.replace(/[.,]/g, '') : text.replace(',', '.'));
    return [{ number, start: match.index, end: match.index + match[0].length }];
  });
}

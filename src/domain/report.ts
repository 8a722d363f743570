// One unit's report for one period: the answers, the notes and where it stands. Answers live here, never in a session.
import type { TemplateRef } from './template.ts';

/**
 * What stands in the figure cell. Four kinds of empty stay distinct (0 is a number):
 * blank (để trống), notApplicable (không áp dụng), pending (chưa có số liệu).
 * `decimals` is how many decimals the officer gave; percent 99,98 → { number: 99.98, decimals: 2 }.
 * verbatim: kept as typed because it is not a figure; marked for the coordinator.
 */
export type Value =
  | { readonly is: 'number'; readonly number: number; readonly decimals: number }
  | { readonly is: 'choice'; readonly code: number }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'date'; readonly date: string }
  | { readonly is: 'verbatim'; readonly text: string }
  | { readonly is: 'blank' }
  | { readonly is: 'notApplicable' }
  | { readonly is: 'pending' };

/** Who wrote something, when (ISO, UTC) and through which event. */
type Stamp = { readonly by: string; readonly at: string; readonly event: string };

/**
 * `value` may be missing when only a note was given so far. `message`: the officer's own message, so that editing it corrects
 * the value. `valueAt`: when the value last changed, where that was before `at` (a note came later). `carried`: the value was kept
 * from the report of this campaign (giữ nguyên kỳ trước), as `by` confirmed. `valueBy`: who gave the value, where `by` only wrote a
 * note beside it or put it back.
 */
export type Answer = Stamp & {
  readonly value?: Value;
  readonly note?: string;
  readonly message?: string;
  readonly valueAt?: string;
  readonly valueBy?: string;
  readonly carried?: string;
  readonly waitsFor?: WaitsFor;
};

/**
 * Beside chưa có số liệu: who or what is to give the figure ('' when that was not said), and from when it is to be asked again (ISO).
 */
export type WaitsFor = { readonly what: string; readonly until?: string };

/** True when the value changed after that instant: what was explained about the old one says nothing about the new one. */
export const changedSince = (answer: Answer | undefined, instant: string): boolean =>
  answer !== undefined && (answer.valueAt ?? answer.at) > instant;

/** Who gave the value of an answer (a person's id). */
export const valueWriter = (answer: Answer): string => answer.valueBy ?? answer.by;

/** The words given for a soft finding (giải trình); '' when the officer only confirmed that the figures are right. */
export type Explanation = Stamp & { readonly text: string };

/** awaiting: the officer has signed, the unit's leader has not approved yet (chờ duyệt). */
export type Status = 'notStarted' | 'inProgress' | 'awaiting' | 'submitted' | 'accepted' | 'returned';

/** True when it was sent and stands as sent. */
export const isSent = ({ status }: { readonly status: Status }): boolean =>
  status === 'submitted' || status === 'accepted';

/** Values may be written only before sending, and after it was taken back, returned or reopened. */
export const isEditable = (report: { readonly status: Status }): boolean =>
  !isSent(report) && report.status !== 'awaiting';

/** What was sent, whole, so that a later version can be compared with it. `checkCode` lets two people compare a printout. */
export type Submission = Stamp & {
  readonly version: number;
  readonly values: number;
  readonly checkCode: string;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly notes: Readonly<Record<string, string>>;
  /** The leader who approved it (a person's id). */
  readonly approvedBy?: string;
  /** Soft findings that were explained or confirmed, and hard ones let pass; left out: sent under an earlier release. */
  readonly warnings?: number;
  readonly overrides?: number;
};

/** What of a returned report is to be looked at again: an indicator, and the coordinator's one line about it. */
export type ReturnPoint = { readonly indicator: string; readonly text: string };

/**
 * A part of a report given to somebody of the unit to fill. `rows`: ids of the sections, groups or indicators as they were chosen,
 * each with all that stands below it; `=` before an id: that indicator alone. No name stands here, so that nobody has to be forgotten in it: the person has it, before that the invitation (its id).
 * `doneAt`: everything was answered, or the person said it was done. `endedAt`: it was taken back.
 */
export type Assignment = Stamp & {
  readonly id: string;
  readonly rows: readonly string[];
  readonly invitation?: string;
  readonly person?: string;
  readonly doneAt?: string;
  readonly endedAt?: string;
};

export type Report = {
  readonly id: string;
  readonly campaign: string;
  readonly unit: string;
  readonly template: TemplateRef;
  readonly status: Status;
  readonly answers: Readonly<Record<string, Answer>>;
  /** Notes on groups and sections, by row id. */
  readonly notes: Readonly<Record<string, string>>;
  /** By rule id. */
  readonly explanations: Readonly<Record<string, Explanation>>;
  /** Hard findings that a coordinator let pass, with the written reason, by rule id. */
  readonly overrides: Readonly<Record<string, Explanation>>;
  readonly submissions: readonly Submission[];
  /** The coordinator's comment when it was returned; '' when the points say it all. */
  readonly returned?: Explanation & { readonly points?: readonly ReturnPoint[] };
  /** What the officer signed and the leader has not approved yet. */
  readonly awaiting?: Omit<Submission, 'answers' | 'notes'>;
  /** Who was handed which version as a file (the newest), by person, so that they hear of a newer one. */
  readonly handed?: Readonly<Record<string, number>>;
  /** Parts that were given to others, by id, also those that are done or were taken back. */
  readonly assignments?: Readonly<Record<string, Assignment>>;
  /** Grows by one with every commit that changes the report. */
  readonly rev: number;
};

/** A report's id from its campaign and unit. */
export const reportId = (campaign: string, unit: string): string => `${campaign}/${unit}`;

/** Campaign and unit from a report's id, also of one that nobody has begun; '' for a campaign where it is no such id. */
export function partsOfId(id: string): { readonly campaign: string; readonly unit: string } {
  const slash = id.indexOf('/');
  return { campaign: id.slice(0, Math.max(slash, 0)), unit: id.slice(slash + 1) };
}

/** The points of a returned report whose answer nobody has given again since. */
export const openPoints = ({ status, returned, answers }: Report): readonly ReturnPoint[] =>
  status === 'returned' && returned
    ? (returned.points ?? []).filter(({ indicator }) => (answers[indicator]?.at ?? '') <= returned.at)
    : [];

/** True when the indicator needs no further answer: a value, 0, blank or not applicable (pending still waits). */
export const isAnswered = (answer: Answer | undefined): boolean =>
  answer?.value !== undefined && answer.value.is !== 'pending';

/** The figure of a number or a choice code; undefined for everything that is not a figure. */
export function figure(answer: Answer | undefined): number | undefined {
  const value = answer?.value;
  if (value?.is === 'number') return value.number;
  if (value?.is === 'choice') return value.code;
  return undefined;
}

/** A report nobody has written in yet. */
export function emptyReport(campaign: { id: string; template: TemplateRef }, unit: string): Report {
  return {
    id: reportId(campaign.id, unit),
    campaign: campaign.id,
    unit,
    template: campaign.template,
    status: 'notStarted',
    answers: {},
    notes: {},
    explanations: {},
    overrides: {},
    submissions: [],
    rev: 0,
  };
}

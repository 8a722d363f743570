// What is printed in the appendix of one report: as it stands now, or as one of its versions was submitted.
import type { Storage } from '../../storage/storage.ts';
import { rowsHeld } from '../domain/assignment.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Recorded } from '../domain/change.ts';
import type { FileRequest } from '../domain/conversation.ts';
import { type Previous, previousTogether } from '../domain/merged.ts';
import { marksOf } from '../domain/open-findings.ts';
import { reportFor, templateFor } from '../domain/part.ts';
import type { Unit } from '../domain/people.ts';
import { type Explanation, emptyReport, partsOfId, type Report, type Submission } from '../domain/report.ts';
import type { Template, TemplateRef } from '../domain/template.ts';
import { type Appendix, appendixSheets } from '../sheets/layout.ts';
import { reviewSheets } from '../sheets/review-sheets.ts';
import type { Made } from './made.ts';
import { NAMES } from './names.ts';

type Request = Extract<FileRequest, { report: string }>;
/** A report with its period and unit; also one that nobody has begun. */
type Opened = { readonly report: Report; readonly campaign: Campaign; readonly unit: Unit };
/** What is printed, and the time it has stood like this (ISO, UTC). */
type Printed = { readonly report: Appendix['report']; readonly at: string };

/**
 * The tables of a report, or what is to be looked at in it as it stands now. A report that nobody has begun gives the empty form.
 * Rejects when it, the version or the form is unknown, or when it is to be only a part that nobody gave.
 */
export async function appendixOf(
  storage: Storage,
  templates: readonly Template[],
  request: Request,
): Promise<Made> {
  const { campaign, unit, ...stored } = await openStored(storage, request.report);
  const whole = templateOf(templates, stored.report.template);
  const rows = request.for === undefined ? undefined : rowsHeld(whole, stored.report, request.for);
  if (request.for !== undefined && !rows)
    throw new Error(`report ${stored.report.id}: ${request.for} was given no part of it`);
  const template = rows ? templateFor(whole, rows) : whole;
  const own = (all: Report): Report => (rows ? reportFor(all, template, rows) : all);
  const report = own(stored.report);
  const printed =
    request.version === undefined
      ? { report, at: newest(report) ?? campaign.createdAt }
      : await submitted(storage, report, request.version);
  const appendix = { template, report: own({ ...report, ...printed.report }), unit, campaign };
  const sheets = request.review
    ? reviewSheets(appendix, {
        marks: marksOf({
          template,
          report,
          campaign,
          before: await earlier(storage, template, unit, request.previous),
        }),
        ...(request.section === undefined ? {} : { section: request.section }),
      })
    : appendixSheets(appendix);
  return {
    name: NAMES.report(unit, campaign, request.version),
    table: { sheets },
    at: printed.at,
    drawn: true,
  };
}

/** The report of the period before, or what the units merged into this one had together; nothing when one of them is gone. */
async function earlier(
  storage: Storage,
  template: Template,
  unit: Unit,
  ids: string | readonly string[] | undefined,
): Promise<Previous | undefined> {
  const wanted = typeof ids === 'string' ? [ids] : (ids ?? []);
  const reports = await Promise.all(wanted.map((id) => storage.report(id)));
  const [first] = reports;
  const campaign = first && (await storage.campaign(first.campaign));
  if (!campaign) return undefined;
  if (typeof ids === 'string') return { report: first, campaign };
  const parts = reports.flatMap((report) => (report ? [{ unit, report }] : []));
  return parts.length === wanted.length
    ? previousTogether(template, unit.id, { campaign, parts })
    : undefined;
}

/** Rejects when there is no such campaign or unit, or when the unit takes no part. */
export async function openStored(storage: Storage, id: string): Promise<Opened> {
  const stored = await storage.report(id);
  // A report nobody has begun is not stored; its id still says what it would be.
  const { campaign: campaignId, unit: unitId } = stored ?? partsOfId(id);
  const [campaign, unit] = await Promise.all([storage.campaign(campaignId), storage.unit(unitId)]);
  if (!campaign) throw new Error(`report ${id}: there is no campaign ${campaignId}`);
  if (!unit) throw new Error(`report ${id}: there is no unit ${unitId}`);
  if (!stored && !campaign.units.includes(unitId))
    throw new Error(`report ${id}: unit ${unitId} takes no part in campaign ${campaignId}`);
  return { report: stored ?? emptyReport(campaign, unitId), campaign, unit };
}

/** Throws when this form is not among those that are loaded. */
export function templateOf(templates: readonly Template[], { id, version }: TemplateRef): Template {
  const template = templates.find((each) => each.id === id && each.version === version);
  if (!template) throw new Error(`there is no template ${id} version ${version}`);
  return template;
}

/** A submission keeps answers and notes; what had been explained by then stands in the report's history. */
async function submitted(storage: Storage, report: Report, version: number): Promise<Printed> {
  const submission = report.submissions.find((each) => each.version === version);
  if (!submission) throw new Error(`report ${report.id} has no submitted version ${version}`);
  const settled = settledBy(await storage.history(report.id), submission);
  return { report: { ...submission, ...settled }, at: submission.at };
}

function settledBy(
  history: readonly Recorded[],
  { version }: Submission,
): Pick<Report, 'explanations' | 'overrides'> {
  const explanations: Record<string, Explanation> = {};
  const overrides: Record<string, Explanation> = {};
  for (const { change } of history) {
    if (change.type === 'submitted' && change.submission.version === version) break;
    if (change.type === 'explained') explanations[change.rule] = change.explanation;
    if (change.type === 'overridden') overrides[change.rule] = change.explanation;
  }
  return { explanations, overrides };
}

/** When something printed was last written; undefined in an untouched report. */
function newest({ answers, explanations, overrides }: Report): string | undefined {
  const stamps = [answers, explanations, overrides].flatMap((each) => Object.values(each));
  return stamps
    .map(({ at }) => at)
    .sort()
    .at(-1);
}

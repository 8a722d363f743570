// Makes the files that a message carries: the appendix of a report as it stands now, or as one of its versions was submitted.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Storage } from '../storage/storage.ts';
import type { SendFile } from './channels/channel.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Recorded } from './domain/change.ts';
import type { FileRequest } from './domain/conversation.ts';
import type { Unit } from './domain/people.ts';
import { periodCode } from './domain/period.ts';
import { type Explanation, emptyReport, type Report, type Submission } from './domain/report.ts';
import type { Template, TemplateRef } from './domain/template.ts';
import { fold } from './domain/words.ts';
import { createQueue } from './queue.ts';
import { writeDocx } from './sheets/docx.ts';
import { type Appendix, appendixSheets, type Sheet } from './sheets/layout.ts';
import { writePdf } from './sheets/pdf.ts';
import { drawPictures } from './sheets/picture.ts';
import { writeXlsx } from './sheets/xlsx.ts';

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;
const WRITERS = { xlsx: writeXlsx, docx: writeDocx, pdf: writePdf } as const;

export type ReportFiles = {
  readonly make: (request: FileRequest, format: keyof typeof TYPES) => Promise<SendFile>;
  /** The table drawn for a phone, one PNG after the other. */
  readonly pictures: (request: FileRequest) => Promise<readonly SendFile[]>;
};
/** A table that takes longer no longer holds up the next (ms). */
const TABLE_LIMIT = 30_000;
/** Tables whose pictures are kept. */
const MOST_DRAWN = 8;
/** The longest part of a file name that the unit's name gives. */
const LONGEST_NAME = 40;

type Opened = { readonly report: Report; readonly campaign: Campaign; readonly unit: Unit };
/** What is printed, and the time it has stood like this (ISO, UTC). */
type Printed = { readonly report: Appendix['report']; readonly at: string };

/**
 * Makes the table of a request as a file; the same state of the store gives the same table. A report that nobody has begun
 * gives the empty form. It rejects when the report, the version or the form is unknown.
 */
export function reportFiles(storage: Storage, templates: readonly Template[]): ReportFiles {
  const tableOf = (request: FileRequest): Promise<PrintedTable> => tableFor(storage, templates, request);
  const drawn = new Map<string, Promise<readonly SendFile[]>>();
  const oneByOne = createQueue(TABLE_LIMIT);
  return {
    async make(request, format) {
      const { name, sheets, at } = await tableOf(request);
      const bytes = await oneByOne('table', () => write(format, sheets, at));
      return { name: `${name}.${format}`, type: TYPES[format], bytes };
    },
    async pictures(request) {
      const { name, sheets, key } = await tableOf(request);
      const before = drawn.get(key);
      if (before) return before;
      const making = oneByOne('table', () => draw(name, sheets));
      keep(drawn, key, making);
      making.catch(() => drawn.delete(key));
      return making;
    },
  };
}

/** After a breath, so that what people wrote meanwhile is answered between two tables. */
async function write(
  format: keyof typeof WRITERS,
  sheets: readonly Sheet[],
  at: string,
): Promise<Uint8Array> {
  await nextTurn();
  return WRITERS[format](sheets, { created: new Date(at) });
}

async function draw(name: string, sheets: readonly Sheet[]): Promise<readonly SendFile[]> {
  await nextTurn();
  const pictures = await drawPictures(sheets);
  return pictures.map((bytes, n) => ({ name: `${name}_${n + 1}.png`, type: 'image/png', bytes }));
}

/** The newest few: a platform fetches each picture of a table by a link of its own, and more than once. */
function keep<T>(made: Map<string, T>, key: string, value: T): void {
  const [oldest] = made.keys();
  if (made.size >= MOST_DRAWN && oldest !== undefined) made.delete(oldest);
  made.set(key, value);
}

/** `name`: of the file, without its ending. `key`: the same only while the table is. */
type PrintedTable = {
  readonly name: string;
  readonly sheets: readonly Sheet[];
  readonly at: string;
  readonly key: string;
};

async function tableFor(
  storage: Storage,
  templates: readonly Template[],
  request: FileRequest,
): Promise<PrintedTable> {
  const { report, campaign, unit } = await open(storage, request.report);
  const template = templateOf(templates, report.template);
  const printed =
    request.version === undefined
      ? { report, at: newest(report) ?? campaign.createdAt }
      : await submitted(storage, report, request.version);
  const sheets = appendixSheets({ template, report: printed.report, unit, campaign });
  const key = JSON.stringify([report.id, request.version ?? report.rev, unit.name, campaign]);
  return { name: fileName(unit, campaign, request.version), sheets, at: printed.at, key };
}

async function open(storage: Storage, id: string): Promise<Opened> {
  const stored = await storage.report(id);
  // A report nobody has begun is not stored; its id still says what it would be (see reportId).
  const slash = id.indexOf('/');
  const [campaignId, unitId] = stored
    ? [stored.campaign, stored.unit]
    : [id.slice(0, Math.max(slash, 0)), id.slice(slash + 1)];
  const [campaign, unit] = await Promise.all([storage.campaign(campaignId), storage.unit(unitId)]);
  if (!campaign) throw new Error(`report ${id}: there is no campaign ${campaignId}`);
  if (!unit) throw new Error(`report ${id}: there is no unit ${unitId}`);
  if (!stored && !campaign.units.includes(unitId))
    throw new Error(`report ${id}: unit ${unitId} takes no part in campaign ${campaignId}`);
  return { report: stored ?? emptyReport(campaign, unitId), campaign, unit };
}

function templateOf(templates: readonly Template[], { id, version }: TemplateRef): Template {
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

/** "phu-luc-cchc_ubnd-thi-xa-nga-nam_2022-Q3_ban2": ASCII, because some platforms garble other names. */
function fileName(unit: Unit, campaign: Campaign, version: number | undefined): string {
  const dashed = (text: string): string => fold(text).replace(/[^a-z0-9]+/g, '-');
  const name = dashed(unit.name).replace(/^-/, '').slice(0, LONGEST_NAME).replace(/-$/, '');
  const parts = ['phu-luc-cchc', name || 'don-vi', periodCode(campaign.period)];
  return [...parts, ...(version === undefined ? [] : [`ban${version}`])].join('_');
}

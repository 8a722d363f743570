// What a coordinator or viewer may see of a whole period, gathered for the board, the consolidated workbook and the level's appendix.
import type { Storage } from '../../storage/storage.ts';
import { boardOf } from '../domain/board.ts';
import { type Campaign, sees } from '../domain/campaign.ts';
import { type Entry, sentBy } from '../domain/consolidate.ts';
import type { FileRequest } from '../domain/conversation.ts';
import type { Person, Unit } from '../domain/people.ts';
import { emptyReport, type Report, reportId } from '../domain/report.ts';
import type { Template } from '../domain/template.ts';
import type { ConsolidationInput } from '../sheets/consolidated-work.ts';
import { templateOf } from './appendix.ts';
import type { Made } from './made.ts';
import { NAMES } from './names.ts';

type PeriodRequest = Extract<FileRequest, { campaign: string }>;

type Parts = {
  readonly storage: Storage;
  readonly templates: readonly Template[];
  readonly timezone: string;
  readonly now: () => Date;
};

/** `mine`: the units of the campaign that the person sees, in its order. */
type Gathered = {
  readonly campaign: Campaign;
  readonly person: Person;
  readonly people: readonly Person[];
  readonly units: readonly Unit[];
  readonly mine: readonly Unit[];
  readonly reports: readonly Report[];
};

/** So many earlier periods are looked through for a unit's last figures: a year of quarters. */
const MOST_EARLIER = 4;
const MINUTE = 60_000;

/** Rejects when campaign, person or form is unknown, and when the person sees none of its units. */
export async function periodOf(parts: Parts, request: PeriodRequest): Promise<Made> {
  const gathered = await gather(parts.storage, request);
  const { campaign, mine } = gathered;
  // To the minute, so that what is asked for again at once is not made again.
  const at = new Date(Math.floor(parts.now().getTime() / MINUTE) * MINUTE).toISOString();
  const revs = (reports: readonly Report[]) => reports.map(({ id, rev }) => `${id} ${rev}`).sort();
  const state = { request, campaign, mine, reports: revs(gathered.reports) };
  switch (request.what) {
    case 'board':
      return { name: NAMES.board(campaign), ...board(parts, gathered, at), at, drawn: true };
    case 'level': {
      const level = consolidation(parts, gathered, at);
      const { office } = level;
      return { name: NAMES.level(office, campaign), table: { level }, at, state: { ...state, office } };
    }
    case 'consolidated': {
      const last = await lastSent(parts.storage, gathered);
      const previous = Object.fromEntries(
        last.map((report) => [report.unit, sentBy(report)?.answers ?? {}] as const),
      );
      const consolidated = { ...consolidation(parts, gathered, at), previous };
      const isProvisional = consolidated.entries.some(({ report }) => report.status !== 'accepted');
      const name = NAMES.consolidated(campaign, isProvisional);
      const { office } = consolidated;
      return { name, table: { consolidated }, at, state: { ...state, office, last: revs(last) } };
    }
  }
}

async function gather(storage: Storage, { campaign: id, person: who }: PeriodRequest): Promise<Gathered> {
  const [campaign, people, units] = await Promise.all([
    storage.campaign(id),
    storage.people(),
    storage.units(),
  ]);
  const person = people.find((each) => each.id === who);
  if (!campaign) throw new Error(`there is no campaign ${id}`);
  if (!person) throw new Error(`campaign ${id}: there is no person ${who}`);
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const mine = campaign.units.flatMap((unit) => {
    const known = byId.get(unit);
    return known && sees(person, unit, campaign, units) ? [known] : [];
  });
  if (mine.length === 0) throw new Error(`campaign ${id}: person ${who} sees none of its units`);
  const seen = new Set(mine.map((unit) => unit.id));
  const reports = (await storage.reports(id)).filter(({ unit }) => seen.has(unit));
  return { campaign, person, people, units, mine, reports };
}

function board(
  { templates, timezone }: Parts,
  { campaign, mine, reports, people }: Gathered,
  now: string,
): Pick<Made, 'table' | 'state'> {
  const template = (ref: Campaign['template']) =>
    templates.find(({ id, version }) => id === ref.id && version === ref.version);
  const made = boardOf({ template, campaign, units: mine, reports, people, now, timezone });
  if (!made)
    throw new Error(`there is no template ${campaign.template.id} version ${campaign.template.version}`);
  // The form never changes; all else is in it.
  return { table: { board: made }, state: { ...made, template: campaign.template } };
}

function consolidation(
  { templates, timezone }: Parts,
  { campaign, person, units, mine, reports }: Gathered,
  at: string,
): ConsolidationInput {
  const office = units.find(({ id }) => id === person.unit);
  if (!office) throw new Error(`there is no unit ${person.unit}`);
  const template = templateOf(templates, campaign.template);
  const found = new Map(reports.map((report) => [report.id, report]));
  const entries = mine.map((unit): Entry => {
    const report = found.get(reportId(campaign.id, unit.id)) ?? emptyReport(campaign, unit.id);
    // Only what was sent counts, and of that the newest: the rest need not be carried to the thread that makes tables.
    return { unit, report: { ...report, answers: {}, submissions: report.submissions.slice(-1) } };
  });
  return { template, campaign, office, entries, known: units, at, timezone };
}

/** The report that each unit last sent on the same form for an earlier period. */
async function lastSent(storage: Storage, { campaign, mine }: Gathered): Promise<readonly Report[]> {
  const earlier = (await storage.campaigns())
    .filter(({ id, template, cutoff }) => {
      return id !== campaign.id && template.id === campaign.template.id && cutoff < campaign.cutoff;
    })
    .sort((one, other) => (one.cutoff < other.cutoff ? 1 : -1));
  const wanted = new Set(mine.map(({ id }) => id));
  const found: Report[] = [];
  for (const { id } of earlier.slice(0, MOST_EARLIER)) {
    if (wanted.size === 0) break;
    for (const report of await storage.reports(id)) {
      if (!wanted.has(report.unit) || !sentBy(report)) continue;
      found.push(report);
      wanted.delete(report.unit);
    }
  }
  return found;
}

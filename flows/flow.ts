// What a conversation is made of: the facts it may look at, and what it returns. Pure data on both sides.
import { type Away, awayOf, parkedFor } from '../src/domain/assignment.ts';
import { type Campaign, campaignFor, sees } from '../src/domain/campaign.ts';
import type { Change, Recorded } from '../src/domain/change.ts';
import type { Held, Notice } from '../src/domain/channel-state.ts';
import type { Doubt, Message, Session } from '../src/domain/conversation.ts';
import { shortHash } from '../src/domain/hash.ts';
import type { Previous } from '../src/domain/merged.ts';
import { partOf } from '../src/domain/part.ts';
import { type Invitation, isOverseer, type Person, type Unit } from '../src/domain/people.ts';
import { perObject } from '../src/domain/per-object.ts';
import { emptyReport, type Report, reportId, type Value } from '../src/domain/report.ts';
import type { Indicator, Row, Template, TemplateRef } from '../src/domain/template.ts';
import type { Waiting } from '../src/domain/waiting.ts';
import type { Holidays } from '../src/domain/working-days.ts';
import type { Press } from './actions.ts';

/** A form as it is offered for a new period. */
export type KnownForm = TemplateRef & { readonly name: string; readonly indicators: number };

/** Everything a turn may know. Nothing here changes during a turn, and nothing else may be asked. */
export type Facts = {
  /** The instant (ISO, UTC) and the office's time zone. */
  readonly now: string;
  readonly timezone: string;
  readonly holidays: Holidays;
  readonly person?: Person;
  readonly units: readonly Unit[];
  /** Open campaigns, earliest due first. */
  readonly campaigns: readonly Campaign[];
  /** Closed ones, newest first, for an overseer. */
  readonly closed: readonly Campaign[];
  readonly reports: readonly Report[];
  /** The period before, by campaign: the unit's own, or what the units merged into it had together. */
  readonly previous: Readonly<Record<string, Previous>>;
  readonly people: readonly Person[];
  /** What the newest events changed in the unit's reports, newest first. Asked for seldom, so that it is read only then. */
  readonly recent: () => readonly Recorded[];
  /** The invitation whose code this event contains, when there is one. */
  readonly invitation?: Invitation;
  /** Those that nobody has used or revoked, for who may invite. */
  readonly invitations: readonly Invitation[];
  /** A fresh random code that this turn may hand out; an invitation is stored under its digest. */
  readonly fresh: string;
  readonly template: (ref: TemplateRef) => Template | undefined;
  /** Every form and version that there is. */
  readonly templates: readonly KnownForm[];
  /** SHA-256 in hex, so that flows need no crypto of their own. */
  readonly digest: (text: string) => string;
  /** The links under which an invitation code opens the channels that are on. */
  readonly links: (code: string) => readonly { readonly channel: string; readonly link: string }[];
  /** What was asked for in `needs`: everything that was ever recorded of a report, or of a campaign, oldest first. */
  readonly histories: Readonly<Record<string, readonly Recorded[]>>;
  /** Conversations in which messages wait, for a coordinator. */
  readonly held: readonly Held[];
  /** Troubles and limits of the channels that are on. */
  readonly notices: readonly Notice[];
};

/** What the person did, after the shell has sorted out commands and platform details. */
type Input =
  | { readonly type: 'text'; readonly text: string; readonly message?: string }
  | { readonly type: 'press'; readonly press: Press };

/**
 * What a flow returns. No `go`: stay, and say only what was wrong. With `go`, the prompt of the new place follows.
 * `tell` reaches other conversations. `doubts` replaces the remembered doubts; `person: null` forgets who this is.
 */
export type Outcome = {
  readonly say?: readonly Message[];
  readonly tell?: readonly { readonly conversation: string; readonly message: Message }[];
  readonly changes?: readonly Change[];
  readonly go?: Waiting;
  /** Go there without a word. */
  readonly quiet?: true;
  readonly person?: string | null;
  readonly doubts?: readonly Doubt[];
  readonly attempts?: { readonly since: string; readonly count: number };
  /** Histories (ids as for `Storage.history`) without which this cannot be answered: the turn is then taken again with them, and this outcome is dropped. */
  readonly needs?: readonly string[];
  /** Until when a human speaks here instead of us (ISO); null: no longer. */
  readonly pausedUntil?: string | null;
  /** Until when reminders of a campaign wait (ISO), by campaign; replaces what was remembered. */
  readonly snoozed?: Readonly<Record<string, string>>;
};

export type At<F extends Waiting['flow']> = Extract<Waiting, { flow: F }>;

/** A campaign that a coordinator's button names by its short form, open or closed. */
export const campaignByRef = (facts: Facts, ref: string): Campaign | undefined =>
  [...facts.campaigns, ...facts.closed].find(({ id }) => shortHash(id) === ref);

/** Who acts, in which event, for stamping changes. */
export type Turn = { readonly event: string; readonly session: Session; readonly facts: Facts };

/** A conversation: what one sees on arriving, and what an input does there. */
export type Flow<F extends Waiting['flow']> = {
  readonly prompt: (waiting: At<F>, facts: Facts) => readonly Message[];
  readonly answer: (waiting: At<F>, input: Input, turn: Turn) => Outcome;
};

/**
 * A report with everything needed to talk about it. `part`: for somebody who fills only a part, the rows they may write (headings
 * above stand in the template too), and who sent the report; template and report then hold nothing else. `away`: indicators that
 * somebody else is to answer. `parked`: those that stand as pending and are asked all the same (see parkedFor).
 */
export type Opened = {
  readonly report: Report;
  readonly campaign: Campaign;
  readonly unit: Unit;
  readonly template: Template;
  readonly part?: { readonly rows: ReadonlySet<string>; readonly sender: string };
  readonly away?: Away;
  readonly parked?: ReadonlySet<string>;
};

/** A report of the person by its id; also one that nobody has begun. undefined: not theirs, closed, or its form is gone. */
export function openReport(facts: Facts, id: string): Opened | undefined {
  return openable(facts).find((each) => each.report.id === id);
}

/** All reports of open campaigns that this person may fill, approve, receive or look at, earliest due first. */
export const openable: (facts: Facts) => readonly Opened[] = perObject(findOpenable);

function findOpenable(facts: Facts): readonly Opened[] {
  const { person } = facts;
  if (!person) return [];
  const units = new Map(facts.units.map((unit) => [unit.id, unit]));
  const reports = new Map(facts.reports.map((report) => [report.id, report]));
  return facts.campaigns.flatMap((campaign) => {
    const template = facts.template(campaign.template);
    if (!template) return [];
    return unitsFor(person, campaign, facts).flatMap((id) => {
      const unit = units.get(id);
      if (!unit) return [];
      const report = reports.get(reportId(campaign.id, id));
      const own = report ? facts.template(report.template) : template;
      const forUnit = campaignFor(campaign, id);
      if (!own) return [];
      const whole = { report: report ?? emptyReport(campaign, id), campaign: forUnit, unit, template: own };
      return seenBy(facts, whole) ?? [];
    });
  });
}

/** As this person sees it; undefined for somebody who fills a part and has none of this report. */
function seenBy(facts: Facts, whole: Opened): Opened | undefined {
  const { person, people } = facts;
  const { template, report } = whole;
  if (person?.role !== 'officer' && person?.role !== 'helper') return whole;
  if (!report.assignments) return person.role === 'helper' ? undefined : whole;
  const parked = parkedFor(template, report, person.id);
  const given = parked.size > 0 ? { ...whole, parked } : whole;
  if (person.role === 'helper') return partOf(given, person.id, people);
  const away = awayOf(template, report, person.id, facts);
  return away.size > 0 ? { ...given, away } : given;
}

/** Whose reports of a campaign this person may open. */
function unitsFor(person: Person, campaign: Campaign, facts: Facts): readonly string[] {
  if (isOverseer(person.role)) return campaign.units.filter((id) => sees(person, id, campaign, facts.units));
  return campaign.units.includes(person.unit) ? [person.unit] : [];
}

/** The report that a button names by its short form. */
export const byRef = (facts: Facts, ref: string): Opened | undefined =>
  openable(facts).find((each) => shortHash(each.report.id) === ref);

/** The row that a button names by its short form. */
export const rowByRef = (template: Template, ref: string): Row | undefined => rowsByRef(template).get(ref);

const rowsByRef = perObject(
  (template: Template) => new Map(template.rows.map((row) => [shortHash(row.id), row] as const).reverse()),
);

/** The indicator with this id, when it is one. */
export function indicatorOf(template: Template, id: string): Indicator | undefined {
  const row = template.byId.get(id);
  return row?.row === 'indicator' ? row : undefined;
}

/** What the same unit answered last period on the same form. */
export const previousValue = (facts: Facts, opened: Opened, indicator: string): Value | undefined =>
  facts.previous[opened.campaign.id]?.report.answers[indicator]?.value;

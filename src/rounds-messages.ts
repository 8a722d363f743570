// The message of everything that is due: what was decided, joined with the forms and the people it is about.
import { reminderMessage } from '../flows/coordinate/remind.ts';
import {
  leaderMessage,
  missingMessage,
  nudgedMessage,
  outcomeMessage,
  passOnMessage,
} from '../flows/coordinate/remind-office.ts';
import { waitingMessage } from '../flows/waiting-for.ts';
import { type Campaign, campaignFor } from './domain/campaign.ts';
import type { Message } from './domain/conversation.ts';
import type { Person, Unit } from './domain/people.ts';
import type { Report } from './domain/report.ts';
import type { Template, TemplateRef } from './domain/template.ts';
import type { Due } from './reminders.ts';
import type { Office } from './reminders-desk.ts';
import type { Got, MissingUnit, Unreached } from './text/remind-office.ts';

/** What messages are made from; `now` is an instant. */
export type Known = {
  readonly office: Office;
  readonly templates: readonly Template[];
  readonly now: string;
};

/** The message; undefined when the form it is about is gone. */
export function messageFor(due: Due, known: Known): Message | undefined {
  const template = formOf(known, due.campaign.template);
  if (!template) return undefined;
  const about = aboutOf(known, due.campaign, template);
  switch (due.kind) {
    case 'reminder':
      return reminderOf(due.campaign, due.report, known);
    case 'waiting': {
      const { opened, among } = openedIn(due.campaign, due.report, known) ?? {};
      return opened && among && waitingMessage(opened, due.indicator, among, known.office.timezone);
    }
    case 'passOn':
      return passOnMessage(about, due.campaign.passOnBy ?? due.campaign.due, due.reports);
    case 'escalation': {
      const missing = due.missing.flatMap((report) => missingUnit(report, known));
      const [own] = missing;
      if (!own) return undefined;
      return due.person.role === 'leader'
        ? leaderMessage(about, own)
        : missingMessage(about, missing, due.total);
    }
  }
}

/** What a coordinator is told after a scheduled round; undefined when the form is gone. */
export function outcomeOf(
  campaign: Campaign,
  unreached: readonly Unreached[],
  known: Known,
): Message | undefined {
  const template = formOf(known, campaign.template);
  return template && outcomeMessage(aboutOf(known, campaign, template), unreached);
}

/** What a coordinator is told after a nudge of the own; undefined when the form is gone. */
export function nudgeOutcomeOf(
  campaign: Campaign,
  counts: { readonly got: readonly Got[]; readonly waiting: number },
  unreached: readonly Unreached[],
  known: Known,
): Message | undefined {
  const template = formOf(known, campaign.template);
  return template && nudgedMessage(aboutOf(known, campaign, template), counts, unreached);
}

/** The officers of a unit who have not left. */
export const officersOf = ({ people }: Office, unit: string): readonly Person[] =>
  people.filter((each) => each.role === 'officer' && each.unit === unit && each.leftAt === undefined);

/** The unit; one that is not listed goes by its id. */
export const unitOf = ({ units }: Office, id: string): Unit =>
  units.find((each) => each.id === id) ?? { id, name: id, kind: '' };

function reminderOf(campaign: Campaign, report: Report, known: Known): Message | undefined {
  const { opened, among } = openedIn(campaign, report, known) ?? {};
  return opened && among && reminderMessage(opened, among, known.now, known.office.timezone);
}

/** The report with what is needed to talk about it, among the unit's open periods; undefined when its form is gone. */
function openedIn(campaign: Campaign, report: Report, known: Known) {
  const { office } = known;
  const template = formOf(known, report.template);
  if (!template) return undefined;
  const among = office.campaigns.flatMap((each) => {
    const form = each.units.includes(report.unit) ? formOf(known, each.template) : undefined;
    return form ? [{ campaign: each, template: form }] : [];
  });
  const own = campaignFor(campaign, report.unit);
  return { opened: { campaign: own, report, template, unit: unitOf(office, report.unit) }, among };
}

function missingUnit(report: Report, known: Known): MissingUnit[] {
  const template = formOf(known, report.template);
  const { office } = known;
  return template
    ? [{ unit: unitOf(office, report.unit), report, template, officers: officersOf(office, report.unit) }]
    : [];
}

const formOf = ({ templates }: Known, ref: TemplateRef): Template | undefined =>
  templates.find((each) => each.id === ref.id && each.version === ref.version);

const aboutOf = ({ now, office }: Known, campaign: Campaign, template: Template) => ({
  ...{ campaign, template, now },
  timezone: office.timezone,
});

// Opening a reporting period: what it is called, whether there is one already, and what was settled so far of one being prepared.
import type { Campaign, ReminderPlan } from './campaign.ts';
import { type Period, periodCode } from './period.ts';
import type { TemplateRef } from './template.ts';

/** Which of the units that may be chosen: all, or those of some kinds; single ones added and left out. Ids, kinds as stored. */
export type UnitChoice = {
  readonly all?: true;
  readonly kinds?: readonly string[];
  readonly also?: readonly string[];
  readonly without?: readonly string[];
};

/** A period that is being prepared in the chat: only what was chosen, everything else is as usual. Instants ISO, days YYYY-MM-DD. */
export type PeriodDraft = {
  readonly form?: TemplateRef;
  readonly period?: Period;
  readonly units?: UnitChoice;
  readonly cutoff?: string;
  readonly due?: string;
  readonly passOnBy?: string;
  readonly plan?: ReminderPlan;
  readonly approval?: true;
};

const LONGEST_ID = 48;

/** True for an id that an operator may give a campaign. */
export const isCampaignId = (id: string): boolean =>
  /^[a-z0-9][a-z0-9-]*$/.test(id) && id.length <= LONGEST_ID;

/** The campaign's id from form and period, or with -2, -3 …; a long form name is cut so that the period stays readable. */
export function freeId(form: string, period: Period, campaigns: readonly Campaign[]): string {
  const taken = new Set(campaigns.map(({ id }) => id));
  const code = `-${periodCode(period).toLowerCase()}`;
  for (let n = 1; ; n++) {
    const tail = `${code}${n === 1 ? '' : `-${n}`}`;
    const id = `${form
      .toLowerCase()
      .slice(0, LONGEST_ID - tail.length)
      .replace(/-+$/, '')}${tail}`;
    if (!taken.has(id)) return id;
  }
}

/** Campaigns for the same form (in any version) and the same period, the sample left aside. */
export const twinsOf = (form: string, period: Period, campaigns: readonly Campaign[]): readonly Campaign[] =>
  campaigns.filter(
    (each) => !each.sample && each.template.id === form && periodCode(each.period) === periodCode(period),
  );

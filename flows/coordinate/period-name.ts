// How a period is called where several stand beside each other.
import type { Campaign } from '../../src/domain/campaign.ts';
import { localTime } from '../../src/domain/clock.ts';
import { periodCode } from '../../src/domain/period.ts';
import { dayWords, periodWords } from '../../src/text/common.ts';
import type { Facts } from '../flow.ts';

/** The period in words; with the form's name where another form is for the same time, with the deadline where the same one is. */
export function nameOf(campaign: Campaign, facts: Facts): string {
  const template = facts.template(campaign.template);
  if (!template) return campaign.id;
  const words = periodWords(campaign, template);
  const same = [...facts.campaigns, ...facts.closed].filter(
    (each) => each.id !== campaign.id && periodCode(each.period) === periodCode(campaign.period),
  );
  const isOther = same.some((each) => each.template.id !== campaign.template.id);
  const isTwin = same.some((each) => each.template.id === campaign.template.id);
  // The deadline stands first: on a button the form's name is cut.
  const due = isTwin ? ` – hạn ${dayWords(localTime(campaign.due, facts.timezone).day)}` : '';
  return `${words}${due}${isOther ? ` – ${template.name}` : ''}`;
}

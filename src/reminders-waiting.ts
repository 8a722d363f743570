// Figures that are waited for until an hour: when it has come, whoever waits is asked again, once.
import { rowsHeld, rowsUnder } from './domain/assignment.ts';
import type { Campaign } from './domain/campaign.ts';
import { type Person, reachedIn } from './domain/people.ts';
import { isEditable, type Report } from './domain/report.ts';
import type { Desk } from './reminders-desk.ts';
import { isOpen } from './reminders-slots.ts';

/** An indicator to be asked again. `at` in ms. */
export type Waiting = {
  readonly kind: 'waiting';
  readonly key: string;
  readonly at: number;
  readonly campaign: Campaign;
  readonly person: Person;
  readonly conversation: string;
  readonly report: Report;
  readonly indicator: string;
};

/** What is to be asked again now, within the working hours; only of reports that were read. */
export function waitingsOf(campaign: Campaign, desk: Desk): readonly Waiting[] {
  if (!isOpen(desk.clock)) return [];
  const units = new Set(campaign.units);
  const mine = desk.office.reports.filter((each) => each.campaign === campaign.id && units.has(each.unit));
  return mine.filter(isEditable).flatMap((report) =>
    Object.entries(report.answers).flatMap(([indicator, { value, waitsFor, by }]): Waiting[] => {
      const until = waitsFor?.until;
      if (value?.is !== 'pending' || until === undefined || Date.parse(until) > desk.clock.now) return [];
      return askersOf(report, indicator, by, desk).flatMap((person) => {
        const conversation = reachedIn(person);
        if (conversation === undefined || person.conversations.some(desk.isBusy)) return [];
        const key = `waiting:${report.id}:${indicator}@${until}:${person.id}`;
        const at = Date.parse(until);
        return [{ kind: 'waiting', key, at, campaign, person, conversation, report, indicator }];
      });
    }),
  );
}

/**
 * Whoever said it waits, as long as that person writes for the unit, or still has this row; else whoever had given it away, else the
 * unit's officers.
 */
function askersOf(report: Report, indicator: string, by: string, { office }: Desk): readonly Person[] {
  const { id, version } = report.template;
  const template = office.templates.find((each) => each.id === id && each.version === version);
  const here = office.people.filter((each) => each.unit === report.unit && each.leftAt === undefined);
  const officers = here.filter(({ role }) => role === 'officer');
  const own = here.filter((each) => {
    if (each.id !== by) return false;
    const held = each.role === 'helper' && template ? rowsHeld(template, report, by) : undefined;
    return each.role === 'officer' || held?.has(indicator) === true;
  });
  const gave = new Set(
    Object.values(report.assignments ?? {}).flatMap((each) =>
      each.person === by && template && rowsUnder(template, each.rows).has(indicator) ? [each.by] : [],
    ),
  );
  const givers = officers.filter((each) => gave.has(each.id));
  return [own, givers, officers].find((each) => each.length > 0) ?? [];
}

// Figures that are waited for until an hour: when it has come, whoever waits is asked again, once.
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
      return askersOf(report, by, desk).flatMap((person) => {
        const conversation = reachedIn(person);
        if (conversation === undefined || person.conversations.some(desk.isBusy)) return [];
        const key = `waiting:${report.id}:${indicator}@${until}:${person.id}`;
        const at = Date.parse(until);
        return [{ kind: 'waiting', key, at, campaign, person, conversation, report, indicator }];
      });
    }),
  );
}

/** Whoever said it waits, as long as that person writes for the unit; else the unit's officers. */
function askersOf({ unit }: Report, by: string, { office }: Desk): readonly Person[] {
  const officers = office.people.filter(
    (each) => each.role === 'officer' && each.unit === unit && each.leftAt === undefined,
  );
  const own = officers.filter(({ id }) => id === by);
  return own.length > 0 ? own : officers;
}

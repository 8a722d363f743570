// What reminders are decided from: everything stored that matters, with what is looked up often.
import type { Campaign } from './domain/campaign.ts';
import type { Session } from './domain/conversation.ts';
import type { Person, Unit } from './domain/people.ts';
import { emptyReport, type Report, reportId } from './domain/report.ts';
import type { Template } from './domain/template.ts';
import type { Holidays } from './domain/working-days.ts';
import { type Clock, clockAt } from './reminders-slots.ts';

/** Everything that decides about reminders. `campaigns` are the open ones, `reports` theirs. */
export type Office = {
  readonly campaigns: readonly Campaign[];
  readonly reports: readonly Report[];
  readonly people: readonly Person[];
  readonly units: readonly Unit[];
  readonly sessions: readonly Session[];
  readonly holidays: Holidays;
  readonly timezone: string;
  /** Every form and version, to know who has which row. */
  readonly templates: readonly Template[];
  /** When a unit was last told of its deadline, by report; when the office's own was set, by campaign (ISO). */
  readonly told: Readonly<Record<string, string>>;
};

/** The office with what is looked up often. */
export type Desk = {
  readonly office: Office;
  readonly clock: Clock;
  readonly report: (campaign: Campaign, unit: string) => Report;
  readonly isBusy: (conversation: string) => boolean;
  /** When the unit was last told of its deadline (ms). */
  readonly toldAt: (campaign: Campaign, unit: string) => number;
};

/** So long nobody must have written before somebody is reminded (ms). */
const QUIET = 15 * 60_000;

export function deskOf(office: Office, now: string): Desk {
  const clock = clockAt(now, office.timezone, office.holidays);
  const reports = new Map(office.reports.map((report) => [report.id, report]));
  const sessions = new Map(office.sessions.map((session) => [session.conversation, session]));
  return {
    office,
    clock,
    report: (campaign, unit) => reports.get(reportId(campaign.id, unit)) ?? emptyReport(campaign, unit),
    isBusy: (conversation) => {
      const { lastAt, pausedUntil } = sessions.get(conversation) ?? {};
      // A human of the office is speaking there.
      if (pausedUntil !== undefined && Date.parse(pausedUntil) > clock.now) return true;
      const ago = lastAt === undefined ? QUIET : clock.now - Date.parse(lastAt);
      return ago >= 0 && ago < QUIET;
    },
    toldAt: (campaign, unit) => Date.parse(office.told[reportId(campaign.id, unit)] ?? campaign.createdAt),
  };
}

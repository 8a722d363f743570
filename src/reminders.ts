// What is due now: a pure function from what is stored and the clock to reminders, each with a key of its own for ever.
import { type Campaign, campaignFor, planOf } from './domain/campaign.ts';
import { type Person, reachedIn } from './domain/people.ts';
import { isEditable, type Report } from './domain/report.ts';
import { type Desk, deskOf, type Office } from './reminders-desk.ts';
import { type Escalation, escalationsOf, type PassOn, passOnsOf } from './reminders-office.ts';
import { isOpen, isOpenFrom, newestSlot, type Slot } from './reminders-slots.ts';
import { type Waiting, waitingsOf } from './reminders-waiting.ts';

/** An officer's reminder. `slot`: the round it belongs to; left out: the hour that the officer chose. `at` in ms. */
type Reminder = {
  readonly kind: 'reminder';
  readonly key: string;
  readonly at: number;
  readonly campaign: Campaign;
  readonly person: Person;
  readonly conversation: string;
  readonly report: Report;
  readonly slot?: string;
};

export type Due = Reminder | Waiting | Escalation | PassOn;

/** An hour that a person chose and that was missed by more than this waits for the working hours (ms). */
const PATIENCE = 3_600_000;

/**
 * Everything that is to be sent now (an instant), in the order of campaigns and units. The same again until its key is
 * remembered as sent, or a newer one takes its place. Without `reports` every unit counts as not begun: nothing else can be due but
 * figures that are waited for.
 */
export function remindersDue(office: Office, now: string): readonly Due[] {
  const desk = deskOf(office, now);
  return office.campaigns.flatMap((campaign): Due[] => [
    ...remindersOf(campaign, desk),
    ...waitingsOf(campaign, desk),
    ...escalationsOf(campaign, desk),
    ...passOnsOf(campaign, desk),
  ]);
}

/** Where a unit stands in the newest round: who is to be reminded in it. */
export type Round = { readonly slot: Slot; readonly report: Report; readonly officers: readonly Person[] };

/** The round that is on for every unfinished unit of a campaign; units for which none has come are left out. */
export function roundsOf(campaign: Campaign, desk: Desk): readonly Round[] {
  const officers = desk.office.people.filter(
    ({ role, leftAt }) => role === 'officer' && leftAt === undefined,
  );
  const newest = newestSlots(campaign, desk);
  return campaign.units.flatMap((unit): Round[] => {
    const report = desk.report(campaign, unit);
    const slot = newest(unit);
    if (!isEditable(report) || !slot || slot.at <= desk.toldAt(campaign, unit)) return [];
    return [{ slot, report, officers: officers.filter((each) => each.unit === unit) }];
  });
}

/** The newest slot of a unit; worked out once for each deadline. */
function newestSlots(campaign: Campaign, { clock }: Desk): (unit: string) => Slot | undefined {
  const known = new Map<string, Slot | undefined>();
  return (unit) => {
    const own = campaignFor(campaign, unit);
    if (!known.has(own.due)) known.set(own.due, newestSlot(own, clock));
    return known.get(own.due);
  };
}

/** The key under which a person's reminder of a round is remembered. */
export const reminderKey = (campaign: string, slot: string, person: string): string =>
  `reminder:${campaign}:${slot}:${person}`;

function remindersOf(campaign: Campaign, desk: Desk): readonly Reminder[] {
  const snoozes = snoozesOf(campaign.id, desk);
  const open = isOpenFrom(planOf(campaign).at, desk.clock);
  if (!open && snoozes.size === 0) return [];
  const rounds = new Map(roundsOf(campaign, desk).map((round) => [round.report.unit, round.slot]));
  const units = new Set(campaign.units);
  return desk.office.people.flatMap((person): Reminder[] => {
    const conversation = reachedIn(person);
    if (person.role !== 'officer' || !units.has(person.unit) || conversation === undefined) return [];
    const report = desk.report(campaign, person.unit);
    if (!isEditable(report) || person.conversations.some(desk.isBusy)) return [];
    const what = whatIsDue(campaign, person, rounds.get(person.unit), snoozes.get(person.id), desk);
    return what ? [{ kind: 'reminder', ...what, campaign, person, conversation, report }] : [];
  });
}

/** The newer of the hour that the person chose and the round that is on; whatever came before a chosen hour waited for it. */
function whatIsDue(
  campaign: Campaign,
  person: Person,
  slot: Slot | undefined,
  until: number | undefined,
  { clock, toldAt }: Desk,
): Pick<Reminder, 'key' | 'at' | 'slot'> | undefined {
  if (until !== undefined && until > clock.now) return undefined;
  if (slot && slot.at >= Date.parse(person.joinedAt) && slot.at > (until ?? 0)) {
    const key = reminderKey(campaign.id, slot.name, person.id);
    return isOpenFrom(planOf(campaign).at, clock) ? { key, at: slot.at, slot: slot.name } : undefined;
  }
  if (until === undefined || until <= toldAt(campaign, person.unit)) return undefined;
  if (clock.now - until >= PATIENCE && !isOpen(clock)) return undefined;
  const chosen = `snooze@${new Date(until).toISOString()}`;
  return { key: reminderKey(campaign.id, chosen, person.id), at: until };
}

/** The latest hour to which a person put off the reminders of a campaign, in whichever conversation (ms), by person. */
function snoozesOf(campaign: string, { office }: Desk): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const { person, snoozed } of office.sessions) {
    const until = snoozed?.[campaign];
    if (person === undefined || until === undefined) continue;
    latest.set(person, Math.max(latest.get(person) ?? 0, Date.parse(until)));
  }
  return latest;
}

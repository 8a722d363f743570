// Builds a reporting period from what the operator asked for, or says everything that is wrong with it. Pure.
import { type Campaign, covers } from '../domain/campaign.ts';
import { isValidOn, sampleUnits } from '../domain/choosable.ts';
import { instantOf, localTime } from '../domain/clock.ts';
import { readDay } from '../domain/day.ts';
import { freeId, isCampaignId, twinsOf } from '../domain/new-campaign.ts';
import type { Invitation, Person, Unit } from '../domain/people.ts';
import { invitationFault } from '../domain/people.ts';
import {
  insteadOf,
  type Period,
  parsePeriod,
  periodCode,
  periodName,
  usualCutoff,
} from '../domain/period.ts';
import { readPlan } from '../domain/read-plan.ts';
import type { Template } from '../domain/template.ts';
import { CAMPAIGN } from '../text/admin.ts';
import { dayWords, momentWords } from '../text/common.ts';

/** As typed. `units`: "all", or ids with commas. */
export type CampaignAsked = {
  readonly template: string;
  readonly period: string;
  readonly due: string;
  readonly units: string;
  readonly cutoff?: string | undefined;
  readonly id?: string | undefined;
  /** The unit whose coordinators run it, by its id. */
  readonly office?: string | undefined;
  /** The office's own deadline, written like `due`. */
  readonly passOn?: string | undefined;
  /** "7,3,1,0@08:00" and whatever else readPlan understands. */
  readonly remind?: string | undefined;
  readonly approval?: boolean;
  readonly force: boolean;
};

/** What it is judged by. */
export type CampaignFacts = {
  readonly templates: readonly Template[];
  readonly units: readonly Unit[];
  readonly campaigns: readonly Campaign[];
  readonly people: readonly Person[];
  readonly invitations: readonly Invitation[];
  readonly timezone: string;
  /** ISO, UTC. */
  readonly now: string;
};

/** The campaign with notes worth reading, or all faults at once. */
export function newCampaign(
  asked: CampaignAsked,
  facts: CampaignFacts,
): { campaign: Campaign; template: Template; notes: readonly string[] } | { faults: readonly string[] } {
  const faults: string[] = [];
  const fault = (text: string): undefined => {
    faults.push(text);
    return undefined;
  };
  const template = findTemplate(asked.template, facts.templates) ?? fault(badTemplate(asked.template, facts));
  const period = parsePeriod(asked.period) ?? fault(CAMPAIGN.badPeriod(asked.period));
  const due = instantOf(asked.due.replace(' ', 'T'), facts.timezone) ?? fault(CAMPAIGN.badDue(asked.due));
  const cutoff = cutoffOf(asked.cutoff, period);
  if (asked.cutoff !== undefined && cutoff === undefined) fault(CAMPAIGN.badCutoff(asked.cutoff));
  const instead = period && insteadOf(period);
  if (period && instead && !asked.force) {
    fault(CAMPAIGN.unusualPeriod(periodName(period), periodCode(instead)));
  }
  if (due !== undefined && cutoff !== undefined && localTime(due, facts.timezone).day < cutoff) {
    fault(CAMPAIGN.dueBeforeCutoff(momentWords(due, facts.timezone), dayWords(cutoff)));
  }
  const settings = settingsOf(asked, due, facts);
  faults.push(...settings.faults);
  const chosen = chooseUnits(asked.units, cutoff, facts);
  faults.push(...chosen.faults);
  const [twin] = template && period && !asked.force ? twinsOf(template.id, period, facts.campaigns) : [];
  if (twin) fault(CAMPAIGN.twin(twin.id));
  if (asked.id !== undefined) faults.push(...idFaults(asked.id, facts.campaigns));
  if (!template || !period || due === undefined || cutoff === undefined || faults.length > 0)
    return { faults };
  const campaign: Campaign = {
    id: asked.id ?? freeId(template.id, period, facts.campaigns),
    template: { id: template.id, version: template.version },
    ...{ period, due, cutoff, units: chosen.units, createdAt: facts.now },
    ...settings.settings,
  };
  return { campaign, template, notes: notesOn(campaign, facts) };
}

/** "ID" takes the newest version, "ID@2" that one. */
function findTemplate(ref: string, templates: readonly Template[]): Template | undefined {
  const [id, version] = ref.split('@');
  const versions = templates.filter((each) => each.id === id).sort((a, b) => b.version - a.version);
  return version === undefined ? versions[0] : versions.find((each) => String(each.version) === version);
}

const badTemplate = (ref: string, { templates }: CampaignFacts): string =>
  CAMPAIGN.badTemplate(ref, templates.map(({ id, version }) => `${id}@${version}`).join(', '));

/** The day asked for, else the national one; undefined when neither can be told. */
function cutoffOf(asked: string | undefined, period: Period | undefined): string | undefined {
  if (asked !== undefined) return readDay(asked);
  return period && usualCutoff(period);
}

type Settings = Pick<Campaign, 'office' | 'passOnBy' | 'plan' | 'approval'>;

/** Everything that may be left out. */
function settingsOf(
  { office, passOn, remind, approval }: CampaignAsked,
  due: string | undefined,
  { units, timezone }: CampaignFacts,
): { settings: Settings; faults: readonly string[] } {
  const passOnBy = passOn === undefined ? undefined : instantOf(passOn.replace(' ', 'T'), timezone);
  const plan = remind === undefined ? undefined : readPlan(remind);
  const isEarly = passOnBy !== undefined && due !== undefined && passOnBy < due;
  const faults = [
    ...(office !== undefined && !units.some(({ id }) => id === office) ? [CAMPAIGN.noOffice(office)] : []),
    ...(passOn !== undefined && passOnBy === undefined ? [CAMPAIGN.badPassOn(passOn)] : []),
    ...(isEarly
      ? [CAMPAIGN.passOnBeforeDue(momentWords(passOnBy, timezone), momentWords(due, timezone))]
      : []),
    ...(remind !== undefined && plan === undefined ? [CAMPAIGN.badRemind(remind)] : []),
  ];
  const settings = {
    ...(office === undefined ? {} : { office }),
    ...(passOnBy === undefined ? {} : { passOnBy }),
    ...(plan === undefined ? {} : { plan }),
    ...(approval ? ({ approval: true } as const) : {}),
  };
  return { settings, faults };
}

/** Units asked for once each, in the order asked; without a cut-off validity is not judged. */
export function chooseUnits(
  asked: string,
  cutoff: string | undefined,
  { units, campaigns }: Pick<CampaignFacts, 'units' | 'campaigns'>,
): { units: readonly string[]; faults: readonly string[] } {
  const isValid = (unit: Unit): boolean => cutoff === undefined || isValidOn(unit, cutoff);
  if (asked.trim() === 'all') {
    const sample = sampleUnits(units, campaigns);
    const all = units.filter((unit) => isValid(unit) && !sample.has(unit.id)).map(({ id }) => id);
    return { units: all.sort(), faults: all.length > 0 ? [] : [CAMPAIGN.noUnits] };
  }
  const ids = [...new Set(asked.split(',').map((id) => id.trim()))].filter((id) => id !== '');
  const faults = ids.flatMap((id) => {
    const unit = units.find((each) => each.id === id);
    if (!unit) return [CAMPAIGN.unknownUnit(id)];
    return isValid(unit) ? [] : [CAMPAIGN.invalidUnit(id, dayWords(cutoff ?? ''))];
  });
  return { units: ids, faults: ids.length > 0 ? faults : [CAMPAIGN.noUnits] };
}

function idFaults(id: string, campaigns: readonly Campaign[]): string[] {
  if (!isCampaignId(id)) return [CAMPAIGN.badId(id)];
  return campaigns.some((each) => each.id === id) ? [CAMPAIGN.takenId(id)] : [];
}

function notesOn(campaign: Campaign, facts: CampaignFacts): string[] {
  return [
    ...(insteadOf(campaign.period) ? [CAMPAIGN.forcedPeriod(periodName(campaign.period))] : []),
    ...(campaign.due < facts.now ? [CAMPAIGN.duePassed(momentWords(campaign.due, facts.timezone))] : []),
    ...coordinatingUnits(facts).flatMap((id) => blindness(id, campaign, facts.units)),
  ];
}

/** Units that have a coordinator, or one who was invited and may still come. */
function coordinatingUnits({ people, invitations, now }: CampaignFacts): readonly string[] {
  const here = people.filter(({ role, leftAt }) => role === 'coordinator' && leftAt === undefined);
  const invited = invitations.filter(
    (each) => each.role === 'coordinator' && invitationFault(each, now) === undefined,
  );
  return [...new Set([...here, ...invited].map(({ unit }) => unit))].sort();
}

/** A note when a unit that coordinates also reports and therefore does not see the other units of a flat list. */
export function blindness(unit: string, campaign: Campaign, units: readonly Unit[]): string[] {
  if (!campaign.units.includes(unit)) return [];
  const coordinator: Person = {
    ...{ id: '', name: '', unit, role: 'coordinator' },
    ...{ conversations: [], unreachable: [], joinedAt: '' },
  };
  const flat = campaign.units.filter((id) => units.find((each) => each.id === id)?.parent === undefined);
  const unseen = flat.filter((id) => !covers(coordinator, id, campaign, units));
  const name = units.find((each) => each.id === unit)?.name ?? unit;
  return unseen.length > 0 ? [CAMPAIGN.blind(name, campaign.id, unseen.length)] : [];
}

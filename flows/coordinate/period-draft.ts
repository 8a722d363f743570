// A period being prepared: what it would be if it were opened now, and reading what the coordinator types for it.
import type { Campaign } from '../../src/domain/campaign.ts';
import { canonical } from '../../src/domain/canonical.ts';
import { instantOf, localTime } from '../../src/domain/clock.ts';
import { USUAL_HOUR, usualDue, usualPassOn } from '../../src/domain/deadlines.ts';
import { shortHash } from '../../src/domain/hash.ts';
import { freeId, type PeriodDraft, twinsOf } from '../../src/domain/new-campaign.ts';
import type { Unit } from '../../src/domain/people.ts';
import { usualCutoff, usualWindow } from '../../src/domain/period.ts';
import { readMoment } from '../../src/domain/read-moment.ts';
import type { Template } from '../../src/domain/template.ts';
import { daysAfter } from '../../src/domain/working-days.ts';
import { momentWords } from '../../src/text/common.ts';
import { OPEN_PERIOD } from '../../src/text/open-period.ts';
import { MOMENT } from '../../src/text/period.ts';
import type { Facts, KnownForm } from '../flow.ts';
import { candidates, chosenOf, quoted } from './period-units.ts';

/** The newest version of every form first, then the older ones. */
export function formsOf({ templates }: Facts): readonly KnownForm[] {
  const newest = (form: KnownForm) =>
    templates.every(({ id, version }) => id !== form.id || version <= form.version);
  return [...templates.filter(newest), ...templates.filter((form) => !newest(form))];
}

export const cutoffOf = ({ cutoff, period }: PeriodDraft): string =>
  cutoff ?? (period ? usualCutoff(period) : '');

/** `digest` changes with everything that would be opened. `doubled`: units that have such a period open already. */
type Prepared = {
  readonly campaign: Campaign;
  readonly template: Template;
  readonly units: readonly Unit[];
  readonly doubled: readonly Unit[];
  readonly digest: string;
};

/** The campaign as it would be opened; undefined while something is missing, or nobody may. */
export function prepared({ form, period, ...draft }: PeriodDraft, facts: Facts): Prepared | undefined {
  const template = form && facts.template(form);
  if (!template || !period || !facts.person) return undefined;
  const cutoff = cutoffOf({ ...draft, period });
  const units = chosenOf(draft.units, candidates(facts, cutoff));
  if (units.length === 0) return undefined;
  const office = { timezone: facts.timezone, holidays: facts.holidays };
  const due = draft.due ?? usualDue(cutoff, facts.now, office);
  const passOnBy = draft.passOnBy ?? usualPassOn(cutoff, due, office);
  const campaign: Campaign = {
    id: freeId(template.id, period, [...facts.campaigns, ...facts.closed]),
    template: { id: template.id, version: template.version },
    ...{ period, due, cutoff, units: units.map(({ id }) => id), createdAt: facts.now },
    ...{ office: facts.person.unit, passOnBy },
    ...(draft.plan ? { plan: draft.plan } : {}),
    ...(draft.approval ? { approval: true } : {}),
  };
  const twins = twinsOf(template.id, period, facts.campaigns).flatMap((each) => each.units);
  const { createdAt: _, ...lasting } = campaign;
  return {
    ...{ campaign, template, units },
    doubled: units.filter(({ id }) => twins.includes(id)),
    digest: shortHash(canonical(lasting)),
  };
}

type Read = { readonly draft: PeriodDraft } | { readonly fault: string };

/** The draft with a value typed for one of its settings, or what is wrong with it. */
export function withTyped(
  draft: PeriodDraft,
  ask: 'cutoff' | 'due' | 'passOn',
  text: string,
  facts: Facts,
): Read {
  if (ask === 'cutoff') return withCutoff(draft, text, facts);
  const cutoff = cutoffOf(draft);
  const read = readDeadline(text, cutoff, facts);
  if ('fault' in read) return read;
  const { instant } = read;
  if (ask === 'due') {
    const { passOnBy, ...rest } = draft;
    const stays = passOnBy !== undefined && passOnBy >= instant ? { passOnBy } : {};
    return { draft: { ...rest, ...stays, due: instant } };
  }
  const due = prepared(draft, facts)?.campaign.due ?? '';
  return instant < due
    ? { fault: beforeDue(instant, due, facts) }
    : { draft: { ...draft, passOnBy: instant } };
}

export const beforeDue = (instant: string, due: string, { timezone }: Facts): string =>
  MOMENT.beforeDue(momentWords(instant, timezone), momentWords(due, timezone));

/** Nobody plans a deadline later than that after the cut-off (days): then it is rather the year that was mistyped. */
const LATEST = 400;
/** How long after the national day figures may still count (days). */
const LATEST_CUTOFF = 60;

/** An instant that can be a deadline: a moment to come, on the cut-off day or after it. */
export function readDeadline(
  text: string,
  cutoff: string,
  { now, timezone }: Facts,
): { readonly instant: string } | { readonly fault: string } {
  const today = localTime(now, timezone).day;
  const read = readMoment(text, today);
  const instant = read && instantOf(`${read.day}T${read.time ?? USUAL_HOUR}`, timezone);
  if (!read || instant === undefined) return { fault: MOMENT.unclear(quoted(text)) };
  const words = momentWords(instant, timezone);
  if (instant <= now) return { fault: MOMENT.past(words) };
  if (read.day < cutoff) return { fault: MOMENT.beforeCutoff(words, cutoff) };
  const latest = daysAfter(cutoff > today ? cutoff : today, LATEST);
  return read.day > latest ? { fault: MOMENT.tooFar(words) } : { instant };
}

/** Deadlines chosen before that lie before the new cut-off are as usual again; the check shows them. */
function withCutoff(draft: PeriodDraft, text: string, { now, timezone }: Facts): Read {
  const read = readMoment(text, localTime(now, timezone).day);
  if (!draft.period || !read || read.time !== undefined) return { fault: OPEN_PERIOD.badDay(quoted(text)) };
  const { from, to } = usualWindow(draft.period);
  if (read.day < from || read.day > daysAfter(to, LATEST_CUTOFF))
    return { fault: OPEN_PERIOD.cutoffOutside(read.day, from) };
  const { due, passOnBy, ...rest } = draft;
  const stays = due !== undefined && localTime(due, timezone).day >= read.day;
  return {
    draft: {
      ...rest,
      cutoff: read.day,
      ...(stays ? { due, ...(passOnBy === undefined ? {} : { passOnBy }) } : {}),
    },
  };
}

// The sample period of an unconfigured start: one real form, one unit, one officer and one coordinator, all clearly marked.
import type { Storage } from '../storage/storage.ts';
import { freshCode, sha256 } from './codes.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Change } from './domain/change.ts';
import { instantOf, localTime } from './domain/clock.ts';
import type { Person, Role, Unit } from './domain/people.ts';
import { type Period, usualCutoff } from './domain/period.ts';
import type { Template } from './domain/template.ts';
import { SAMPLE } from './text/operator.ts';

const TEMPLATE = 'ubnd-thi-xa-nga-nam';
const CAMPAIGN = 'ky-mau';
const WEEK = 7 * 86_400_000;

const UNIT: Unit = { id: 'don-vi-mau', name: SAMPLE.unit, kind: SAMPLE.unitKind, parent: 'dau-moi-mau' };
const OFFICE: Unit = { id: 'dau-moi-mau', name: SAMPLE.office, kind: SAMPLE.officeKind };

type Context = {
  readonly storage: Storage;
  readonly templates: readonly Template[];
  readonly timezone: string;
  readonly now: Date;
};

/**
 * Opens the sample period when the store is empty, and returns fresh invitation codes for its two people; undefined when the
 * store holds real work, or its form is not among the templates. Codes printed by an earlier start and never used are revoked.
 */
export async function openSample(
  context: Context,
): Promise<{ officer: string; coordinator: string } | undefined> {
  const { storage, templates } = context;
  const template = templates.find((each) => each.id === TEMPLATE);
  const existing = await storage.campaigns();
  const sample = existing.find((each) => each.sample);
  const isEmpty = existing.length === 0 && (await storage.units()).length === 0;
  if (!template || (!sample && !isEmpty) || sample?.closedAt !== undefined) return undefined;
  const begin: Change[] = sample
    ? []
    : [
        { type: 'unit_set', unit: OFFICE },
        { type: 'unit_set', unit: UNIT },
        { type: 'campaign_set', campaign: sampleCampaign(context, template) },
      ];
  const officer = await invitationFor(context, 'officer', UNIT, SAMPLE.officer);
  const coordinator = await invitationFor(context, 'coordinator', OFFICE, SAMPLE.coordinator);
  const at = context.now.toISOString();
  const outcome = await storage.commit({
    event: `sample:${at}`,
    at,
    by: 'sample',
    conversation: 'operator:sample',
    changes: [...begin, ...(await unusedRevoked(context)), officer.change, coordinator.change],
    outgoing: [],
    expects: { reports: {} },
  });
  if (outcome !== 'done') throw new Error(`the sample period could not be stored: ${outcome}`);
  return { officer: officer.code, coordinator: coordinator.code };
}

/** Quý III of this year, due a week from now at 16:00. */
function sampleCampaign({ now, timezone }: Context, template: Template): Campaign {
  const day = localTime(new Date(now.getTime() + WEEK).toISOString(), timezone).day;
  const period: Period = { kind: 'quarter', year: Number(day.slice(0, 4)), quarter: 3 };
  return {
    id: CAMPAIGN,
    template: { id: template.id, version: template.version },
    period,
    due: instantOf(`${day}T16:00`, timezone) ?? now.toISOString(),
    cutoff: usualCutoff(period),
    units: [UNIT.id],
    createdAt: now.toISOString(),
    sample: true,
  };
}

async function invitationFor(
  { storage, now }: Context,
  role: Role,
  unit: Unit,
  name: string,
): Promise<{ code: string; change: Change }> {
  const code = freshCode();
  const known = (await storage.people()).find(
    (each: Person) => each.unit === unit.id && each.role === role && each.leftAt === undefined,
  );
  return {
    code,
    change: {
      type: 'invitation_set',
      invitation: {
        id: sha256(code),
        unit: unit.id,
        role,
        name,
        ...(known ? { person: known.id } : {}),
        createdAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + WEEK).toISOString(),
      },
    },
  };
}

async function unusedRevoked({ storage, now }: Context): Promise<Change[]> {
  const mine = (await storage.invitations()).filter(
    (each) => (each.unit === UNIT.id || each.unit === OFFICE.id) && !each.usedAt && !each.revokedAt,
  );
  return mine.map((invitation) => ({
    type: 'invitation_set',
    invitation: { ...invitation, revokedAt: now.toISOString() },
  }));
}

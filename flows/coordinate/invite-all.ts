// /moi tatca: one officer's invitation for every unit that nobody has joined yet, made in one turn and handed over as a file.
import type { Campaign } from '../../src/domain/campaign.ts';
import { isValidOn, sampleUnits } from '../../src/domain/choosable.ts';
import { localTime } from '../../src/domain/clock.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { codeAt } from '../../src/domain/invitation-codes.ts';
import { type Invitation, invitationFault, type Unit } from '../../src/domain/people.ts';
import { bold, lines, periodWords } from '../../src/text/common.ts';
import { INVITE_ALL, type Missing } from '../../src/text/invite.ts';
import { button } from '../actions.ts';
import type { Facts, Outcome } from '../flow.ts';
import { ownUnits } from './own-units.ts';

const LASTS = 30 * 86_400_000;
/** So many open periods are offered one by one. */
const MOST_PERIODS = 4;

/** How many units have no officer, in each open period and altogether, with the choices. */
export function askAll(facts: Facts): Outcome {
  const scopes = [...facts.campaigns.slice(0, MOST_PERIODS), undefined].map((campaign) => ({
    campaign,
    name: nameOf(facts, campaign),
    missing: missingIn(facts, campaign),
  }));
  const open = scopes.filter(({ missing }) => missing.again > 0);
  if (open.length === 0) return { say: [{ text: [INVITE_ALL.none] }] };
  const hasInvited = open.some(({ missing }) => missing.again > missing.fresh);
  const message: Message = {
    text: lines(
      [bold(INVITE_ALL.head)],
      ...open.map(({ name, missing }) => INVITE_ALL.scope(name, missing)),
      INVITE_ALL.explain,
      hasInvited ? INVITE_ALL.renew : undefined,
    ),
    buttons: open.flatMap(({ campaign, name, missing: { fresh, again } }) => [
      ...(fresh > 0
        ? [[button(INVITE_ALL.fresh(name, fresh), 'invite', campaign?.id, '', `fresh.${fresh}`)]]
        : []),
      ...(again > fresh
        ? [[button(INVITE_ALL.again(name, again), 'invite', campaign?.id, '', `again.${again}`)]]
        : []),
    ]),
    marks: 'coded',
  };
  return { say: [message] };
}

function nameOf(facts: Facts, campaign: Campaign | undefined): string {
  if (!campaign) return INVITE_ALL.all;
  const template = facts.template(campaign.template);
  return template ? periodWords(campaign, template) : campaign.id;
}

function missingIn(facts: Facts, campaign: Campaign | undefined): Missing {
  const units = withoutOfficer(facts, campaign);
  return { fresh: units.filter(({ id }) => unused(facts, id).length === 0).length, again: units.length };
}

/** Units that exist today, which no officer has joined; without a period all but the own and the sample's. */
function withoutOfficer(facts: Facts, campaign: Campaign | undefined): readonly Unit[] {
  const today = localTime(facts.now, facts.timezone).day;
  const joined = new Set(
    facts.people
      .filter((each) => each.role === 'officer' && each.leftAt === undefined)
      .map(({ unit }) => unit),
  );
  const samples = sampleUnits(facts.units, [...facts.campaigns, ...facts.closed]);
  const isAsked = ({ id }: Unit): boolean =>
    campaign ? campaign.units.includes(id) : id !== facts.person?.unit && !samples.has(id);
  return ownUnits(facts).filter((unit) => isAsked(unit) && isValidOn(unit, today) && !joined.has(unit.id));
}

const unused = ({ invitations, now }: Facts, unit: string): readonly Invitation[] =>
  invitations.filter(
    (each) =>
      each.unit === unit &&
      each.role === 'officer' &&
      each.person === undefined &&
      invitationFault(each, now) === undefined,
  );

/** The tap: as many as were shown, or everything is shown anew. `period`: the campaign's id. */
export function inviteAll(facts: Facts, period: string | undefined, arg: string): Outcome {
  const [kind, count] = arg.split('.');
  const campaign = facts.campaigns.find(({ id }) => id === period);
  const missing = withoutOfficer(facts, campaign);
  const units = kind === 'again' ? missing : missing.filter(({ id }) => unused(facts, id).length === 0);
  if ((kind !== 'again' && kind !== 'fresh') || units.length === 0 || String(units.length) !== count) {
    const anew = askAll(facts);
    return { say: [{ text: [INVITE_ALL.changed] }, ...(anew.say ?? [])] };
  }
  const { now, timezone, fresh } = facts;
  const revoked = units.flatMap(({ id }) => unused(facts, id));
  const expiresAt = new Date(Date.parse(now) + LASTS).toISOString();
  const made = units.map(
    (unit, n): Invitation => ({
      ...{ id: facts.digest(codeAt(facts.digest, fresh, n)), unit: unit.id },
      ...{ role: 'officer', name: '', createdAt: now, expiresAt },
    }),
  );
  return {
    say: [
      {
        text: INVITE_ALL.made(units.length, revoked.length, expiresAt, timezone),
        file: { invitations: fresh, count: units.length },
      },
    ],
    changes: [...revoked.map((each) => ({ ...each, revokedAt: now })), ...made].map((invitation) => ({
      type: 'invitation_set',
      invitation,
    })),
  };
}

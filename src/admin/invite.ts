// invite, invite list, invite revoke: codes that let one person in.
import type { Storage } from '../../storage/storage.ts';
import { freshCode, sha256 } from '../codes.ts';
import { type Invitation, invitationFault, type Role, type Unit } from '../domain/people.ts';
import { clean } from '../domain/words.ts';
import { INVITE } from '../text/admin.ts';
import { momentWords } from '../text/common.ts';
import { ROLE } from '../text/person.ts';
import { type Command, type Context, listByUnit, type Outcome, store, table, withStore } from './command.ts';
import { linksTo } from './links.ts';
import { blindness } from './new-campaign.ts';

const WEEK = 7 * 86_400_000;
const LONGEST_NAME = 100;
/** Characters of the hash that lists show and `--id` needs at least. */
const PREFIX = 8;

/** Whoever fills a part is invited with it, in the chat. */
const isRole = (text: string): text is Role => Object.hasOwn(ROLE, text) && text !== 'helper';

const invite: Command = {
  options: { unit: 'required', role: 'required', name: 'text' },
  async run({ text }, context) {
    const { unit: id = '', role = '' } = text;
    const name = clean(text.name ?? '').replace(/\s+/g, ' ');
    const code = freshCode();
    const made = await withStore(context, async (storage): Promise<Made | Refused> => {
      const unit = await storage.unit(id);
      const faults = [
        ...(unit ? [] : [INVITE.unknownUnit(id)]),
        ...(isRole(role) ? [] : [INVITE.badRole(role)]),
        ...(name.length > LONGEST_NAME ? [INVITE.longName] : []),
      ];
      if (!unit || !isRole(role) || faults.length > 0) return { faults };
      const invitation = invitationTo(unit, role, name, code, context.now);
      const change = { type: 'invitation_set', invitation } as const;
      const fault = await store(storage, `invite:${invitation.id}`, [change], context);
      if (fault !== undefined) return { faults: [fault] };
      return { unit, invitation, notes: await notesOn(storage, unit, role) };
    });
    // The store is closed by now: Telegram may take its time.
    return 'faults' in made ? made : announce(code, made, context);
  },
};

const invitationTo = (unit: Unit, role: Role, name: string, code: string, now: Date): Invitation => ({
  ...{ id: sha256(code), unit: unit.id, role, name },
  createdAt: now.toISOString(),
  expiresAt: new Date(now.getTime() + WEEK).toISOString(),
});

/** An officer without an open period has nothing to do yet; a coordinator whose unit reports too may see nothing. */
async function notesOn(storage: Storage, unit: Unit, role: Role): Promise<string[]> {
  const open = (await storage.campaigns()).filter((each) => each.closedAt === undefined);
  if (role === 'officer') {
    return open.some((each) => each.units.includes(unit.id)) ? [] : [INVITE.noCampaign(unit.name)];
  }
  const units = await storage.units();
  return [...new Set(open.flatMap((campaign) => blindness(unit.id, campaign, units)))];
}

type Refused = { readonly faults: readonly string[] };
type Made = { readonly unit: Unit; readonly invitation: Invitation; readonly notes: readonly string[] };

async function announce(
  code: string,
  { unit, invitation, notes }: Made,
  { config }: Context,
): Promise<Outcome> {
  const { role, name, id, expiresAt } = invitation;
  const { links, notes: linkNotes } = await linksTo(code, config);
  return {
    lines: [
      INVITE.made(role, unit.name, name),
      `  ${code}`,
      ...links.map(({ channel, link }) => `  ${channel}: ${link}`),
      INVITE.typeInstead(code),
      INVITE.expires(momentWords(expiresAt, config.TIMEZONE)),
    ],
    json: { code, id, unit: unit.id, role, name, expiresAt, links },
    notes: [...notes, ...linkNotes],
  };
}

const list: Command = {
  options: { unit: 'text' },
  run: ({ text }, context) =>
    listByUnit(context, text.unit, async (storage, isWanted, nameOf) => {
      const invitations = (await storage.invitations())
        .filter(isWanted)
        .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
        .map((each) => ({ ...each, state: stateOf(each, context.now) }));
      const rows = invitations.map((each) => [
        each.id.slice(0, PREFIX),
        nameOf(each.unit),
        ROLE[each.role],
        each.name,
        INVITE.state[each.state],
        momentWords(each.expiresAt, context.config.TIMEZONE),
      ]);
      return { lines: rows.length > 0 ? table(INVITE.columns, rows) : [INVITE.none], json: { invitations } };
    }),
};

function stateOf(invitation: Invitation, now: Date): keyof typeof INVITE.state {
  const fault = invitationFault(invitation, now.toISOString());
  return fault === undefined || fault === 'unknown' ? 'usable' : fault;
}

const revoke: Command = {
  options: { code: 'text', id: 'text' },
  async run({ text }, context) {
    const wanted = wantedId(text.code, text.id);
    if ('fault' in wanted) return { faults: [wanted.fault] };
    return withStore(context, async (storage) => {
      const found = (await storage.invitations()).filter(({ id }) => id.startsWith(wanted.id));
      const [invitation] = found;
      if (!invitation) return { faults: [INVITE.unknown] };
      if (found.length > 1) return { faults: [INVITE.several(found.length)] };
      if (invitation.usedAt) return { faults: [INVITE.alreadyUsed] };
      if (invitation.revokedAt) return { faults: [INVITE.alreadyRevoked] };
      const revokedAt = context.now.toISOString();
      const change = { type: 'invitation_set', invitation: { ...invitation, revokedAt } } as const;
      const fault = await store(storage, `revoke:${invitation.id}:${revokedAt}`, [change], context);
      if (fault !== undefined) return { faults: [fault] };
      const unit = (await storage.unit(invitation.unit))?.name ?? invitation.unit;
      return {
        lines: [INVITE.revoked(invitation.role, unit, invitation.name)],
        json: { id: invitation.id, revokedAt },
      };
    });
  },
};

/** The hash to look for: of the code, or as given (the first characters will do). */
function wantedId(code: string | undefined, id: string | undefined): { id: string } | { fault: string } {
  if (code !== undefined && id === undefined) return { id: sha256(code.trim()) };
  if (id === undefined || code !== undefined) return { fault: INVITE.codeOrId };
  const hash = id.trim().toLowerCase();
  return hash.length < PREFIX ? { fault: INVITE.shortId } : { id: hash };
}

/** '' is `invite` itself. */
export const commands: Readonly<Record<string, Command>> = { '': invite, list, revoke };

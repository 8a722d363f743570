// New codes as a list to hand out: who is meant, the code, and the link that opens each channel with it.
import type { Storage } from '../../storage/storage.ts';
import { sha256 } from '../codes.ts';
import { localTime } from '../domain/clock.ts';
import { codeAt } from '../domain/invitation-codes.ts';
import type { Invitation } from '../domain/people.ts';
import { plainSheet } from '../sheets/plain-table.ts';
import { FILES } from '../text/files.ts';
import type { Made } from './made.ts';
import { NAMES } from './names.ts';

/** The links that open an invitation, one for each channel that knows its own address. */
export type LinksOf = (code: string) => readonly { readonly channel: string; readonly link: string }[];

type Parts = {
  readonly storage: Storage;
  readonly timezone: string;
  readonly now: () => Date;
  readonly links: LinksOf;
};

type Request = { readonly invitations: string; readonly count: number };
type Found = { readonly code: string; readonly invitation: Invitation };

/** The invitations made with this seed, in order; those that are not known any more are left out. */
export async function invitationsOf(
  storage: Storage,
  { invitations: seed, count }: Request,
): Promise<readonly Found[]> {
  const known = new Map((await storage.invitations()).map((each) => [each.id, each]));
  return Array.from({ length: count }, (_, n) => codeAt(sha256, seed, n)).flatMap((code) => {
    const invitation = known.get(sha256(code));
    return invitation ? [{ code, invitation }] : [];
  });
}

/** Rejects when none of them is known. */
export async function codesOf({ storage, timezone, now, links }: Parts, request: Request): Promise<Made> {
  const found = await invitationsOf(storage, request);
  const [first] = found;
  if (!first) throw new Error('none of these invitations is known');
  const units = new Map((await storage.units()).map((unit) => [unit.id, unit]));
  const channels = links(first.code).map(({ channel }) => channel);
  const { codes } = FILES;
  const time = now().toISOString();
  const { day } = localTime(first.invitation.createdAt, timezone);
  const sheet = plainSheet({
    name: codes.sheet,
    title: [codes.title, codes.lead],
    columns: [...codes.columns, ...channels.map((channel) => ({ head: codes.link(channel), width: 34 }))],
    rows: found.map(({ code, invitation }) => [
      ...[units.get(invitation.unit)?.name ?? '', invitation.unit, codes.role(invitation.role)],
      ...[invitation.name, code, codes.until(localTime(invitation.expiresAt, timezone).day)],
      codes.state(invitation, time),
      ...channels.map((channel) => links(code).find((each) => each.channel === channel)?.link ?? ''),
    ]),
  });
  return { name: NAMES.invitations(day), table: { sheets: [sheet] }, at: first.invitation.createdAt };
}

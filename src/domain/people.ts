// Units, the people who act for them, and the invitations that let a person in.

/** A reporting unit; `id` is its official code where there is one. Dates are YYYY-MM-DD, both ends included. */
export type Unit = {
  readonly id: string;
  readonly name: string;
  /** sở | xã | phường | đặc khu | phòng … as imported. */
  readonly kind: string;
  readonly parent?: string;
  readonly province?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  /** The unit that goes on in its place since it was merged. */
  readonly mergedInto?: string;
};

/**
 * officer: fills the own unit's reports. leader: the unit's leader, who sees them, is told what is missing before the deadline and,
 * where a period asks for it, approves before sending. helper: fills only the part that an officer of the unit has given them. coordinator: runs the periods of the units below. viewer: sees what a
 * coordinator sees and changes nothing.
 */
export type Role = 'officer' | 'helper' | 'leader' | 'coordinator' | 'viewer';

/** Looks after many units instead of filling the reports of one. */
export const isOverseer = (role: Role): boolean => role === 'coordinator' || role === 'viewer';

/** Writes figures: an officer into the whole report, a helper into the own part. */
export const fillsIn = (person: Pick<Person, 'role'> | undefined): boolean =>
  person?.role === 'officer' || person?.role === 'helper';

/** One person in one unit. A person who left keeps the id (for the audit trail) but no conversation. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly role: Role;
  /** Conversation ids, e.g. "telegram:42"; the latest joined is last. */
  readonly conversations: readonly string[];
  /** Conversations that a platform says can no longer be reached (blocked, left). */
  readonly unreachable: readonly string[];
  /** Shared by the person on a platform that asks for it; digits, country code first. */
  readonly phone?: string;
  readonly joinedAt: string;
  readonly leftAt?: string;
  /** Grows by one with every change; left out: stored by an earlier release. */
  readonly rev?: number;
};

/** The conversation in which a person is written to: the newest that can be reached, on another channel than `not` if given. */
export const reachedIn = (
  { conversations, unreachable, leftAt }: Person,
  not?: string,
): string | undefined =>
  leftAt === undefined
    ? conversations.findLast(
        (each) => !unreachable.includes(each) && (not === undefined || !each.startsWith(`${not}:`)),
      )
    : undefined;

/**
 * A single-use invitation. The code itself (128 random bits) is never stored, only its SHA-256 in hex, which is the id.
 * With `person` it lets that same person in on a further device.
 */
export type Invitation = {
  readonly id: string;
  readonly unit: string;
  readonly role: Role;
  readonly name: string;
  readonly person?: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt?: string;
  readonly usedBy?: string;
  readonly revokedAt?: string;
};

/** Why an invitation cannot be used now, or undefined when it can. */
export function invitationFault(
  invitation: Invitation | undefined,
  now: string,
): 'unknown' | 'used' | 'expired' | 'revoked' | undefined {
  if (!invitation) return 'unknown';
  if (invitation.revokedAt) return 'revoked';
  if (invitation.usedAt) return 'used';
  return invitation.expiresAt <= now ? 'expired' : undefined;
}

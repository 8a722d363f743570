// A store as a row of parts that every store can give and take, and sums that say whether two stores hold the same.
import { createHash } from 'node:crypto';
import type { Campaign } from '../src/domain/campaign.ts';
import { canonical } from '../src/domain/canonical.ts';
import type { Recorded } from '../src/domain/change.ts';
import type { Link } from '../src/domain/link.ts';
import type { Invitation, Person, Unit } from '../src/domain/people.ts';
import type { Report } from '../src/domain/report.ts';
import type { SavedTalk } from './saved.ts';
import type { ChannelMemory } from './state.ts';

/** What is recorded of a report, or of a campaign (`campaign:<id>`), oldest first. */
export type History = { readonly of: string; readonly records: readonly Recorded[] };

/** People and campaigns have a rev; 0 where an earlier release gave them none. */
export type Part =
  | { readonly kind: 'units'; readonly item: Unit }
  | { readonly kind: 'people'; readonly item: Person }
  | { readonly kind: 'campaigns'; readonly item: Campaign }
  | { readonly kind: 'invitations'; readonly item: Invitation }
  | { readonly kind: 'links'; readonly item: Link }
  | { readonly kind: 'channels'; readonly item: ChannelMemory & { readonly channel: string } }
  | { readonly kind: 'reports'; readonly item: Report }
  | { readonly kind: 'history'; readonly item: History }
  /** What a unit has changed last, in the order in which it was done; all of it stands in histories too. */
  | {
      readonly kind: 'recent';
      readonly item: { readonly unit: string; readonly records: readonly Recorded[] };
    }
  | { readonly kind: 'talks'; readonly item: SavedTalk };

/** In this order; only that the history of a report comes right after it. */
export const KINDS = [
  ...(['units', 'people', 'campaigns', 'invitations', 'links', 'channels'] as const),
  ...(['reports', 'history', 'recent', 'talks'] as const),
] as const satisfies readonly Part['kind'][];

export type Kind = (typeof KINDS)[number];

/** How many of a kind, and a SHA-256 (hex) that depends on neither their order nor that of their keys. */
export type Sums = Readonly<Record<Kind, { readonly count: number; readonly sha256: string }>>;

/** Why nothing was taken in or given out. `line`: of the file, from 1. */
export type PortableFault =
  | {
      readonly is: 'foreign' | 'newer' | 'damaged' | 'misplaced' | 'cut' | 'goesOn';
      readonly line: number;
    }
  | { readonly is: 'sums'; readonly line: number; readonly kind: Kind }
  | { readonly is: 'notEmpty' };

export class PortableError extends Error {
  readonly fault: PortableFault;

  constructor(fault: PortableFault) {
    super('line' in fault ? `${fault.is}, line ${fault.line}` : fault.is);
    this.name = 'PortableError';
    this.fault = fault;
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const digestOf = (item: unknown): string => sha256(canonical(item));

/** Adds parts up, by their digests. */
export function tally(): { add(kind: Kind, digest: string): void; sums(): Sums } {
  const digests = new Map<Kind, string[]>(KINDS.map((kind) => [kind, []]));
  return {
    add: (kind, digest) => void digests.get(kind)?.push(digest),
    sums: () =>
      Object.fromEntries(
        [...digests].map(([kind, all]) => [kind, { count: all.length, sha256: sha256(all.sort().join('')) }]),
      ) as Sums,
  };
}

/** The sums of a whole store. */
export async function sumsOf(parts: AsyncIterable<Part>): Promise<Sums> {
  const counted = tally();
  for await (const { kind, item } of parts) counted.add(kind, digestOf(item));
  return counted.sums();
}

/** Kinds of which two stores do not hold the same. */
export const differing = (one: Sums, other: Sums): readonly Kind[] =>
  KINDS.filter((kind) => one[kind].count !== other[kind].count || one[kind].sha256 !== other[kind].sha256);

// Links to a table on our own server, for platforms that take no spreadsheet.
import type { FileRequest } from './conversation.ts';

/**
 * A short-lived link. The code in the address (128 random bits) is never stored, only its SHA-256 in hex, which is the id.
 * It opens one table, as it stands then, for as long as the person of that conversation may have it.
 */
export type Link = {
  readonly id: string;
  readonly file: FileRequest;
  /** xlsx, or a picture of the table; `page` counts pictures from 0. */
  readonly format: 'xlsx' | 'png';
  readonly page?: number;
  readonly conversation: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** How often it was opened. */
  readonly opened: number;
};

/** A link as an earlier release stored it, when only reports had links. */
export type EarlierLink = Omit<Link, 'file'> & { readonly report: string; readonly version?: number };

/** A link as it was stored, by this release or an earlier one. */
export function linkOf(stored: Link | EarlierLink): Link {
  if ('file' in stored) return stored;
  const { report, version, ...link } = stored;
  return { ...link, file: version === undefined ? { report } : { report, version } };
}

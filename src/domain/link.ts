// Links to a table on our own server, for platforms that take no spreadsheet.

/**
 * A short-lived link. The code in the address (128 random bits) is never stored, only its SHA-256 in hex, which is the id.
 * It opens one report for as long as the person of that conversation may see it.
 */
export type Link = {
  readonly id: string;
  readonly report: string;
  /** The version as it was submitted; undefined: as it stands when it is opened. */
  readonly version?: number;
  /** xlsx, or a picture of the table; `page` counts pictures from 0. */
  readonly format: 'xlsx' | 'png';
  readonly page?: number;
  readonly conversation: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** How often it was opened. */
  readonly opened: number;
};

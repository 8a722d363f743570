// A line of a unit list as read, and what can be wrong with it.
import type { Unit } from './people.ts';

export type UnitField = keyof Unit;

/** A line as read: the unit it makes, with the stored values of columns that the file does not have; `extra`: text beyond the headings. */
export type UnitLine = { readonly line: number; readonly unit: Unit; readonly extra: string };

export type UnitFault =
  | { readonly is: 'empty' | 'noHeading' | 'twoColumns' | 'noCode' | 'noName' | 'foreign' }
  | { readonly is: 'badCode'; readonly code: string }
  | { readonly is: 'sameCode'; readonly code: string; readonly line: number }
  | { readonly is: 'tooLong'; readonly most: number }
  | { readonly is: 'badDate' | 'extraCells'; readonly text: string }
  | { readonly is: 'datesReversed'; readonly from: string; readonly to: string }
  | RelationFault;

/** How a unit stands to another one. */
export type RelationFault =
  | { readonly is: 'unknownParent' | 'foreignParent' | 'unknownMerge'; readonly code: string }
  | { readonly is: 'mergedIntoItself' }
  | { readonly is: 'circle' | 'mergeCircle'; readonly chain: readonly string[] };

/** What is wrong in a line (0: with the file as a whole). */
export type LineFault = { readonly line: number; readonly field?: UnitField; readonly fault: UnitFault };

/** What somebody should know that is no fault. */
export type UnitNote =
  | { readonly is: 'ignored'; readonly columns: readonly string[] }
  | { readonly is: 'lostZeros'; readonly count: number; readonly example: string };

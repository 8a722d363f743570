// The consolidated table of a period as worksheets: an overview, one for every part of the form, and what is odd. Pure.
import { oddGrid } from './consolidated-odd.ts';
import { overviewGrid } from './consolidated-overview.ts';
import { partGrid } from './consolidated-part.ts';
import { type ConsolidationInput, workOf } from './consolidated-work.ts';
import type { Grid } from './grid.ts';

/** The worksheets in order. */
export function consolidatedGrids(input: ConsolidationInput): Grid[] {
  const work = workOf(input);
  return [overviewGrid(work), ...work.parts.map((part) => partGrid(work, part)), oddGrid(work)];
}

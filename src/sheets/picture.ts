// Draws the tables of a report as PNG pictures that a phone shows at a readable size.
import type { Sheet } from './layout.ts';
import { drawPlanned } from './picture-draw.ts';
import { planPictures } from './picture-plan.ts';
import { shadesFor } from './picture-shades.ts';

const SHADES = shadesFor({
  // More are not told apart on edges of letters.
  steps: 16,
  upon: {
    paper: ['ink', 'quiet', 'note', 'navy', 'missing', 'missingEdge'],
    navy: ['onNavy', 'noteOnNavy'],
    group: ['navy', 'quiet', 'note'],
    missingEdge: ['missing'],
    missing: ['onMissing'],
  },
  plain: ['rule'],
});

/** For looking at a report: amber stands for what is to be looked at, so a gap has another colour there. */
const REVIEW_SHADES = shadesFor({
  steps: 15,
  upon: {
    paper: ['ink', 'quiet', 'note', 'navy', 'missing', 'none', 'hard', 'soft'],
    navy: ['onNavy', 'noteOnNavy'],
    group: ['navy', 'quiet', 'note'],
    missing: ['onMissing'],
    none: ['onNone'],
    hard: ['onNavy'],
    soft: ['onSoft'],
  },
  plain: ['rule', 'softEdge'],
});

/**
 * PNG pictures 1080 pixels wide, at most 2400 high and 1,000,000 bytes large, in the order of the tables; at least one for each.
 * The same tables always give the same bytes. Throws when the fonts or the drawing library are missing.
 */
export const drawPictures = (sheets: readonly Sheet[]): Promise<readonly Uint8Array[]> =>
  drawPlanned(
    (metrics, highest) => planPictures(sheets, metrics, highest),
    sheets.some(({ review }) => review) ? REVIEW_SHADES : SHADES,
  );

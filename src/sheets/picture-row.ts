// One row of a table made for a phone: STT small at the left, the label at full width, the figure large at the right. Pure.
import { PICTURE } from '../text/picture.ts';
import type { Sheet } from './layout.ts';
import { type Block, bottomOf, type Field, type Line, levelWith, stacked } from './picture-block.ts';
import { type Frame, type SheetRow, unitOf, wordsOf } from './picture-cells.ts';
import { figureSide, fitsBeside, VALUE_LEFT } from './picture-figure.ts';
import { type Font, type Metrics, textWidth } from './picture-font.ts';
import { fewLines, linesOf } from './picture-lines.ts';
import { ABOVE, type Colour, FONTS, lineHeight, MARGIN, WIDTH } from './picture-look.ts';
import { EDGES } from './picture-marks.ts';

type Look = {
  readonly label: Font;
  readonly stt: Font;
  readonly ink: Colour;
  readonly quiet: Colour;
  readonly note: Colour;
  readonly fill?: Colour;
};

const LOOKS: Readonly<Record<SheetRow['kind'], Look>> = {
  section: {
    ...{ label: FONTS.section, stt: FONTS.section, fill: 'navy' },
    ...{ ink: 'onNavy', quiet: 'onNavy', note: 'noteOnNavy' },
  },
  group: {
    ...{ label: FONTS.group, stt: FONTS.stt, fill: 'group' },
    ...{ ink: 'navy', quiet: 'quiet', note: 'note' },
  },
  indicator: { label: FONTS.label, stt: FONTS.stt, ink: 'ink', quiet: 'quiet', note: 'note' },
};

/** Between columns. */
const GAP = 20;
const STT_WIDEST = 120;
const BELOW = 14;
const RULE = 2;

/** The column of STT is as wide as this table needs it. */
export function frameOf(sheet: Sheet, metrics: Metrics): Frame {
  const widths = sheet.rows.map((row) => textWidth(wordsOf(sheet, row, 'stt'), LOOKS[row.kind].stt, metrics));
  const widest = Math.min(Math.max(0, ...widths), STT_WIDEST);
  return { sheet, labelLeft: MARGIN + (widest === 0 ? 0 : Math.ceil(widest) + GAP), metrics };
}

/** The block of a row; `number` counts the rows of its table from 0. */
export function rowBlock(frame: Frame, row: SheetRow, number: number): Block {
  const look = LOOKS[row.kind];
  const right = figureSide(frame, row, look);
  const taken = right.lines.length + right.fields.length > 0;
  const width = (taken ? VALUE_LEFT - GAP : WIDTH - MARGIN) - frame.labelLeft;
  const left = leftSide(frame, row, look, width);
  const fieldEnd = right.fields.reduce((end, { top, height }) => Math.max(end, top + height), 0);
  const note = noteLines(frame, row, look, {
    beside: { top: bottomOf(left), width },
    below: {
      top: Math.max(bottomOf(left), bottomOf(right.lines, fieldEnd)),
      width: WIDTH - MARGIN - frame.labelLeft,
    },
  });
  const lines = [...sttLines(frame, row, look), ...left, ...right.lines, ...note];
  const height = Math.max(bottomOf(lines), fieldEnd, ABOVE + lineHeight(look.label)) + BELOW;
  const rule: Field = {
    ...{ colour: 'rule', left: MARGIN, top: height, width: WIDTH - 2 * MARGIN, height: RULE, radius: 0 },
  };
  const ruled = row.kind !== 'section' && frame.sheet.rows[number + 1]?.kind === row.kind;
  return {
    ...{ kind: row.kind, row: number, lines },
    height: ruled ? height + RULE : height,
    fields: ruled ? [...right.fields, rule] : right.fields,
    ...(look.fill && { fill: look.fill }),
    ...(row.mark && { edge: EDGES[row.mark] }),
  };
}

/** The heading of a section again, above its rows that did not fit the picture before. */
export function continuedBlock(frame: Frame, row: SheetRow): Block {
  const { label: font, ink: colour, fill } = LOOKS.section;
  const box = { font, colour, align: 'left', left: frame.labelLeft, top: ABOVE } as const;
  const width = WIDTH - MARGIN - frame.labelLeft;
  const label = wordsOf(frame.sheet, row, 'label');
  const texts = fewLines(label, { width, font, most: 2, ending: PICTURE.continued }, frame.metrics);
  const stt = sttLines(frame, row, LOOKS.section).slice(0, 2);
  const lines = [...stt, ...stacked(texts, { ...box, width })];
  return { kind: 'continued', height: bottomOf(lines) + BELOW, ...(fill && { fill }), fields: [], lines };
}

/** The next part of a row that is higher than a whole picture says so where its STT stood. */
export function nextPart(frame: Frame, part: Block): Block {
  const width = frame.labelLeft - GAP - MARGIN;
  const room = part.lines.every(({ left, top }) => left >= frame.labelLeft || top > ABOVE + 40);
  if (!room || textWidth(PICTURE.continued, FONTS.stt, frame.metrics) > width) return part;
  const colour = part.fill === 'navy' ? 'onNavy' : 'quiet';
  const box = { font: FONTS.stt, colour, align: 'left', left: MARGIN, top: ABOVE, width } as const;
  return { ...part, lines: [...stacked([PICTURE.continued], box), ...part.lines] };
}

function sttLines({ sheet, labelLeft, metrics }: Frame, row: SheetRow, { stt, label, quiet }: Look): Line[] {
  const width = labelLeft - GAP - MARGIN;
  if (width <= 0) return [];
  const texts = linesOf(wordsOf(sheet, row, 'stt'), width, stt, metrics);
  // Smaller letters stand on the same line as those of the label.
  const top = levelWith(label, stt);
  return stacked(texts, { font: stt, colour: quiet, align: 'left', left: MARGIN, top, width });
}

/** The label, and below it words too long for the column of figures with their unit. */
function leftSide(frame: Frame, row: SheetRow, look: Look, width: number): Line[] {
  const { sheet, metrics } = frame;
  const lines: Line[] = [];
  const add = (text: string, font: Font, colour: Colour, gap: number) => {
    const top = lines.length === 0 ? ABOVE : bottomOf(lines) + gap;
    const box = { font, colour, align: 'left', left: frame.labelLeft, top, width } as const;
    lines.push(...stacked(linesOf(text, width, font, metrics), box));
  };
  add(wordsOf(sheet, row, 'label'), look.label, look.ink, 0);
  if (!fitsBeside(frame, row)) {
    add(wordsOf(sheet, row, 'value'), FONTS.words, look.ink, 6);
    add(unitOf(sheet, row), FONTS.unit, look.quiet, 0);
  }
  return lines;
}

type Place = { readonly top: number; readonly width: number };

/** The note under the label: beside the figure, or over the full width below it where that takes less height. */
function noteLines(
  { sheet, labelLeft, metrics }: Frame,
  row: SheetRow,
  { note: colour }: Look,
  places: { readonly beside: Place; readonly below: Place },
): Line[] {
  const [beside = [], below = []] = [places.beside, places.below].map(({ top, width }) => {
    const texts = linesOf(wordsOf(sheet, row, 'note'), width, FONTS.note, metrics);
    const box = { font: FONTS.note, colour, align: 'left', left: labelLeft, width } as const;
    return stacked(texts, { ...box, top: Math.max(ABOVE, top + 4) });
  });
  return bottomOf(below) < bottomOf(beside) ? below : beside;
}

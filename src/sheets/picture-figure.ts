// The right side of a row in a picture: the figure, large, with its unit, or a coloured field where there is none. Pure.
import { PICTURE } from '../text/picture.ts';
import type { Empty } from './layout.ts';
import { bottomOf, type Field, type Line, levelWith, stacked } from './picture-block.ts';
import { emptyOf, type Frame, type SheetRow, unitOf, wordsOf } from './picture-cells.ts';
import { type Font, textWidth } from './picture-font.ts';
import { linesOf } from './picture-lines.ts';
import { ABOVE, type Colour, FONTS, lineHeight, MARGIN, WIDTH } from './picture-look.ts';
import { markChip } from './picture-marks.ts';

const VALUE_WIDTH = 232;
/** Where the column of figures begins. */
export const VALUE_LEFT = WIDTH - MARGIN - VALUE_WIDTH;
const FIELD_HEIGHT = 56;

/** The figure with its unit below; where an indicator has none, a field of its own colour or quiet words that say why. */
export function figureSide(frame: Frame, row: SheetRow, look: Inks): Side {
  const own = fitsBeside(frame, row) ? valueSide(frame, row, look) : { lines: [], fields: [] };
  if (!row.mark) return own;
  const low = own.fields.reduce((end, { top, height }) => Math.max(end, top + height), 0);
  const below = own.lines.length > 0 ? bottomOf(own.lines, low) + 8 : ABOVE;
  const mark = markChip(row.mark, VALUE_LEFT + VALUE_WIDTH, below, frame.metrics);
  return { lines: [...own.lines, ...mark.lines], fields: [...own.fields, ...mark.fields] };
}

type Side = { lines: Line[]; fields: Field[] };
type Inks = { readonly ink: Colour; readonly quiet: Colour };

function valueSide(frame: Frame, row: SheetRow, { ink, quiet }: Inks): Side {
  const place = { align: 'right', left: VALUE_LEFT, width: VALUE_WIDTH } as const;
  const empty = emptyOf(frame.sheet, row);
  const shown = wordsOf(frame.sheet, row, 'value');
  const font = valueFont(frame, shown) ?? FONTS.words;
  const level = levelWith(FONTS.label, font);
  const texts = linesOf(shown, VALUE_WIDTH, font, frame.metrics);
  const isOpen = empty === 'missing' && frame.sheet.review !== undefined;
  const lines = empty
    ? [isOpen ? OPEN_LINE : emptyLine(empty, quiet)]
    : stacked(texts, { ...place, font, colour: ink, top: level });
  const inField = empty === 'missing' || empty === 'pending';
  const top = inField ? ABOVE + FIELD_HEIGHT : bottomOf(lines, ABOVE);
  const unit = linesOf(unitOf(frame.sheet, row), VALUE_WIDTH, FONTS.unit, frame.metrics);
  lines.push(...stacked(unit, { ...place, font: FONTS.unit, colour: quiet, top }));
  if (isOpen) return { lines, fields: [OPEN_FIELD] };
  return { lines, fields: inField ? fieldsOf(empty) : [] };
}

function emptyLine(empty: Empty, quiet: Colour): Line {
  const box = { text: PICTURE[empty], left: VALUE_LEFT, width: VALUE_WIDTH } as const;
  if (empty === 'blank' || empty === 'notApplicable') {
    const top = levelWith(FONTS.label, FONTS.unit);
    return { ...box, font: FONTS.unit, colour: quiet, align: 'right', top };
  }
  const font = empty === 'missing' ? FONTS.words : FONTS.unit;
  const top = ABOVE - 4 + Math.round((FIELD_HEIGHT - lineHeight(font)) / 2) - 1;
  return { ...box, font, colour: 'onMissing', ground: 'missing', align: 'center', top };
}

/** While a report is being filled most of it is open: a quiet tint, so that the marks stand out. */
const OPEN_FIELD: Field = {
  ...{
    colour: 'none',
    left: VALUE_LEFT,
    top: ABOVE - 4,
    width: VALUE_WIDTH,
    height: FIELD_HEIGHT,
    radius: 12,
  },
};
const OPEN_LINE: Line = {
  ...{ text: PICTURE.notEntered, left: VALUE_LEFT, width: VALUE_WIDTH, font: FONTS.note, align: 'center' },
  ...{ colour: 'onNone', ground: 'none' },
  top: ABOVE - 4 + Math.round((FIELD_HEIGHT - lineHeight(FONTS.note)) / 2) - 1,
};

/** What nobody answered has an edge too, since it still asks for something. */
function fieldsOf(empty: 'missing' | 'pending'): Field[] {
  const whole = { left: VALUE_LEFT, top: ABOVE - 4, width: VALUE_WIDTH, height: FIELD_HEIGHT, radius: 12 };
  const inner = { left: VALUE_LEFT + 2, top: ABOVE - 2, width: VALUE_WIDTH - 4, height: FIELD_HEIGHT - 4 };
  if (empty === 'pending') return [{ ...whole, colour: 'missing' }];
  return [
    { ...whole, colour: 'missingEdge' },
    { ...inner, colour: 'missing', radius: 10 },
  ];
}

/** Whether there is room for the value beside the label. */
export const fitsBeside = (frame: Frame, row: SheetRow): boolean =>
  valueFont(frame, wordsOf(frame.sheet, row, 'value')) !== undefined;

/** Large for a figure, smaller for two or three lines of short words; undefined where the words need more room. */
function valueFont({ metrics }: Frame, shown: string): Font | undefined {
  const fits = (font: Font, lines: number) =>
    shown.split(/\s/).every((word) => textWidth(word, font, metrics) <= VALUE_WIDTH) &&
    linesOf(shown, VALUE_WIDTH, font, metrics).length <= lines;
  if (fits(FONTS.figure, 1)) return FONTS.figure;
  return fits(FONTS.words, 3) ? FONTS.words : undefined;
}

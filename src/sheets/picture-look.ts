// How pictures of a table look: their width and margins, the colours and the letters they are drawn in. Pure.
import type { Font } from './picture-font.ts';

/** Calm and dark enough to read outdoors. All in pixels of a picture 1080 wide, which a phone shows on about 6.5 cm. */
export const WIDTH = 1080;
/** Free space left and right. */
export const MARGIN = 36;
/** Free space above the first line of a row. */
export const ABOVE = 15;

export const COLOURS = {
  paper: '#ffffff',
  ink: '#1a2330',
  quiet: '#5b6776',
  note: '#445163',
  rule: '#d8dfe8',
  navy: '#1d3d63',
  onNavy: '#ffffff',
  noteOnNavy: '#d3dfee',
  group: '#e9eff7',
  missing: '#fff3d1',
  missingEdge: '#e5b95b',
  onMissing: '#7d4e00',
  done: '#bfe3c6',
  onDone: '#14532d',
  begun: '#ffdf94',
  onBegun: '#6b4300',
  none: '#e4e8ee',
  onNone: '#4b5666',
  returned: '#e3d6f6',
  onReturned: '#4b2a7b',
  awaiting: '#cfe3fa',
  onAwaiting: '#123f73',
  accepted: '#2b7a4b',
  overdue: '#b3261e',
  overdueCell: '#f9d2ce',
  hard: '#b3261e',
  soft: '#ffe1a3',
  softEdge: '#e09b00',
  onSoft: '#5c3a00',
} as const;
export type Colour = keyof typeof COLOURS;

const font = (face: Font['face'], size: number): Font => ({ face, size });
export const FONTS = {
  stt: font('regular', 30),
  label: font('regular', 36),
  group: font('bold', 36),
  section: font('bold', 38),
  figure: font('bold', 42),
  words: font('bold', 36),
  unit: font('regular', 30),
  note: font('italic', 32),
  heading: font('bold', 32),
  counter: font('regular', 32),
  title: font('bold', 36),
  attached: font('italic', 31),
  chip: font('bold', 30),
  cell: font('regular', 30),
  percent: font('bold', 38),
} as const satisfies Readonly<Record<string, Font>>;

/** Room for the marks of Vietnamese capitals above and below. */
export const lineHeight = ({ size }: Font): number => Math.round(size * 1.27);

/** Where the letters of a line stand, below its top. */
export const baseline = (font: Font): number => Math.round((lineHeight(font) + font.size * 0.675) / 2);

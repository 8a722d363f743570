// What a paste would do where it stands: what would be written, what is asked, what belongs elsewhere. Pure.
import { canonical } from '../../src/domain/canonical.ts';
import { shortHash } from '../../src/domain/hash.ts';
import type { Answer, Report, Value } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { contextOf } from '../context.ts';
import type { At, Facts, Opened } from '../flow.ts';
import { pointAbout } from '../returned.ts';
import { readParts } from './cut.ts';
import type { PasteChoice, Pasted, PastedLine } from './pasted.ts';
import { readPaste } from './read.ts';

/** One value that the tap would write; `was`: what stands there now. */
export type Write = {
  readonly indicator: Indicator;
  readonly value: Value;
  readonly note?: string;
  readonly was?: Answer;
};

/**
 * `read` of `total` lines have their place and value; `same` of them stand there already. `asked`: lines with a doubt; `open`: those of
 * them that fit several indicators; `lost`: without a place; `abroad`: of other sections. `mark` names exactly what would be written
 * over what.
 */
export type Looked = {
  readonly pasted: Pasted;
  readonly writes: readonly Write[];
  readonly read: number;
  readonly total: number;
  readonly same: number;
  readonly asked: readonly PastedLine[];
  readonly open: readonly PastedLine[];
  readonly lost: readonly PastedLine[];
  readonly abroad: readonly PastedLine[];
  readonly mark: string;
};

/** Reads a text where the officer stands. */
export const readAt = (
  facts: Facts,
  opened: Opened,
  at: {
    section: string;
    indicator: string;
    text: string;
    more?: readonly string[];
    chosen?: PasteChoice;
  },
): Pasted => readParts([at.text, ...(at.more ?? [])], readerAt(facts, opened, at));

/** Reads texts there, one by one. */
export function readerAt(
  facts: Facts,
  opened: Opened,
  at: { section: string; indicator: string; chosen?: PasteChoice },
): (text: string) => Pasted {
  const place = {
    template: opened.template,
    report: opened.report,
    section: at.section,
    indicator: at.indicator,
    context: (indicator: Indicator, report: Report) => contextOf(facts, { ...opened, report }, indicator),
  };
  return (text) => readPaste(text, place, at.chosen);
}

/** What the waiting paste would do now. */
export function lookAt(facts: Facts, opened: Opened, waiting: At<'paste'>): Looked {
  const pasted = readAt(facts, opened, waiting);
  const placed = pasted.lines.filter(({ is }) => is === 'placed');
  const writes = placed.flatMap((line) => writeOf(opened, line));
  const others = pasted.lines.filter((line) => !isSilent(line) && line.is !== 'placed');
  const abroad = others.filter(isAbroad);
  const lost = others.filter((line) => line.is === 'unplaced' && !isAbroad(line));
  const { skipped = [] } = waiting.chosen;
  const asked = others.filter(
    (line) => line.is !== 'unplaced' && !isAbroad(line) && !skipped.includes(line.n),
  );
  return {
    pasted,
    writes,
    read: placed.length,
    total: placed.length + others.length,
    same: placed.length - writes.length,
    asked,
    open: asked.filter(({ indicator, candidates = [] }) => !indicator && candidates.length > 0),
    lost,
    abroad,
    mark: markOf(writes),
  };
}

/** A heading, or a line that says nothing. */
const isSilent = ({ is, note }: PastedLine): boolean =>
  is === 'heading' || (is === 'blank' && note === undefined);

export const isAbroad = ({ is, elsewhere = [] }: PastedLine): boolean =>
  is === 'unplaced' && elsewhere.length > 0;

/** What stands there already is not written again, unless the coordinator asked for that very value. */
function writeOf(opened: Opened, { indicator, value, note }: PastedLine): readonly Write[] {
  if (!indicator || !value) return [];
  const was = opened.report.answers[indicator.id];
  const isSame = canonical(was?.value) === canonical(value) && (note === undefined || note === was?.note);
  if (isSame && !pointAbout(opened, indicator)) return [];
  return [{ indicator, value, ...(note === undefined ? {} : { note }), ...(was ? { was } : {}) }];
}

const markOf = (writes: readonly Write[]): string => {
  const said = writes.map(({ indicator, value, note = '', was }) =>
    [indicator.id, canonical(value), note, canonical(was?.value ?? null), was?.note ?? ''].join('\u0001'),
  );
  return `${writes.length}.${shortHash(said.join('\u0002'))}`;
};

/** The same paste in another section. */
export function inSection(opened: Opened, waiting: At<'paste'>, section: string): At<'paste'> {
  const { template, report } = opened;
  const rows = template.indicators.filter((row) => row.section === section);
  const gap = rows.find((row) => report.answers[row.id]?.value === undefined) ?? rows[0];
  const { start: _, at: __, skipped: ___, ...chosen } = waiting.chosen;
  return { ...waiting, section, indicator: gap?.id ?? waiting.indicator, chosen };
}

// A paste that the platform has cut in two: whatever stood at the cut, no figure goes where it does not belong, and most rows keep theirs.
import { describe, expect, it } from 'vitest';
import { goesOn, isFull, readParts } from '../flows/paste/cut.ts';
import type { Pasted } from '../flows/paste/pasted.ts';
import { readPaste } from '../flows/paste/read.ts';
import { canonical } from '../src/domain/canonical.ts';
import { loadTemplates } from '../templates/load.ts';
import {
  allFilled,
  asPrinted,
  DOCUMENTS,
  type Form,
  type Part,
  partsOfDocument,
  render,
} from './paste-reading/forms.ts';

const { templates } = await loadTemplates(new URL('../templates', import.meta.url).pathname);

/** The longest section of each document, as printed and with every cell filled. */
const LONGEST: readonly Part[] = DOCUMENTS.flatMap((id) => {
  const template = templates.find((each) => each.id === id);
  if (!template) throw new Error(`no form ${id}`);
  return [asPrinted, allFilled].flatMap((fill) => {
    const parts = partsOfDocument(id, template, fill);
    const most = Math.max(...parts.map(({ rows }) => rows.length));
    return parts.find(({ rows }) => rows.length === most) ?? [];
  });
});

const placedIn = ({ lines }: Pasted): ReadonlyMap<string, string> =>
  new Map(
    lines.flatMap(({ is, indicator, value, note }) =>
      is === 'placed' && indicator ? [[indicator.id, canonical([value, note ?? ''])]] : [],
    ),
  );

/** Every so many characters; with different steps every kind of place is met: in a figure, a label, a note, at a tab, at a break. */
const STEP = {
  table: 307,
  labels: 307,
  numbers: 61,
  word: 911,
  figures: 61,
  quoted: 307,
} as const satisfies Record<Form, number>;

function cuts(part: Part, form: Form) {
  const text = render(part, form)
    .map((row) => row.text)
    .join('\n');
  const read = (given: string): Pasted => readPaste(given, part.place);
  const whole = placedIn(read(text));
  const wrong: string[] = [];
  let [kept, n] = [0, 0];
  for (let at = 7; at < text.length; at += STEP[form]) {
    const [before, after] = [text.slice(0, at).trim(), text.slice(at).trim()];
    if (before === '' || after === '') continue;
    n += 1;
    const found = placedIn(readParts([before, after], read));
    kept += found.size;
    for (const [id, value] of found)
      if (whole.get(id) !== value)
        wrong.push(`${part.name} ${form} at ${at}: ${id} ${value} ← ${whole.get(id)}`);
  }
  return { wrong, share: n === 0 || whole.size === 0 ? 1 : kept / (n * whole.size) };
}

describe('A section that the platform has cut in two', () => {
  for (const form of ['table', 'labels', 'numbers', 'word'] as const)
    it(`puts no figure at a wrong place and keeps nearly all, wherever it is cut: ${form}`, () => {
      const all = LONGEST.map((part) => cuts(part, form));
      expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
      const share = all.reduce((sum, each) => sum + each.share, 0) / all.length;
      expect(share).toBeGreaterThan(0.85);
    });

  it('never takes a list of bare figures for joined: where it was cut decides about every one behind it', () => {
    for (const part of LONGEST) expect(cuts(part, 'figures').wrong).toEqual([]);
  });

  it('never takes the halves of a figure for two, although they would make a list as long as the section', () => {
    let n = 0;
    for (const part of LONGEST) {
      const rows = render(part, 'figures').map((row) => row.text);
      const own = placedIn(readPaste(rows.join('\n'), part.place));
      const at = rows.findIndex((row) => /^\d{2}/.test(row));
      if (own.size < part.indicators.length || at < 0) continue;
      n += 1;
      const cut = rows.slice(0, at).join('\n').length + (at === 0 ? 1 : 2);
      const short = rows.slice(0, -1).join('\n');
      for (const chosen of [{}, { start: 'first' }] as const) {
        const read = (given: string): Pasted => readPaste(given, part.place, chosen);
        for (const [id, value] of placedIn(readParts([short.slice(0, cut), short.slice(cut)], read)))
          expect(value, `${part.name}: ${id}`).toBe(own.get(id));
      }
    }
    expect(n).toBeGreaterThan(2);
  });

  it('is known by its length, or by a row that only both messages together make', () => {
    expect([1799, 1800, 2000, 2001, 3686, 3687, 4096, 4097].map((n) => isFull('x'.repeat(n)))).toEqual([
      ...[false, true, true, false, false, true, true, false],
    ]);
    const [part] = LONGEST;
    if (!part) throw new Error('no section');
    const read = (given: string): Pasted => readPaste(given, part.place);
    const [one = '', two = '', three = ''] = render({ ...part }, 'labels').map(({ text }) => text);
    const half = two.slice(0, two.indexOf(':') - 5);
    expect(goesOn(`${one}\n${half}`, `${two.slice(half.length)}\n${three}`, read)).toBe(true);
    expect(goesOn(`${one}\n${two}`, three, read)).toBe(false);
    expect(goesOn(`${one}\n${two}`, 'đúng rồi', read)).toBe(false);
  });
});

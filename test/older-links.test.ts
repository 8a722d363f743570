// Links as an earlier release stored them, when only reports had links: read from the journal and from a snapshot.
import { describe, expect, it } from 'vitest';
import { type EarlierLink, linkOf } from '../src/domain/link.ts';
import { capture, restore } from '../storage/saved.ts';
import { emptyState } from '../storage/state.ts';
import { link } from './storage.samples.ts';

const { file: _, ...others } = link('cũ');
const earlier: EarlierLink = { ...others, report: '2026-Q3/nga-nam' };

describe('A link of an earlier release', () => {
  it('is one to the report, or the version of it, that it named', () => {
    expect(linkOf(earlier)).toEqual(link('cũ'));
    const file = { report: '2026-Q3/nga-nam', version: 2 };
    expect(linkOf({ ...earlier, version: 2 })).toEqual(link('cũ', { file }));
  });

  it('is found in a snapshot, and written anew in the shape of today', () => {
    const snapshot = JSON.parse(JSON.stringify({ ...capture(emptyState(), 0), links: [earlier] }));
    const state = restore(snapshot);
    expect(state.links.get('cũ')).toEqual(link('cũ'));
    expect(capture(state, 0).links).toEqual([link('cũ')]);
  });
});

// Tables that are kept: made once however often they are asked for, and never more of them than memory is meant to hold.
import { beforeEach, describe, expect, it } from 'vitest';
import { createKept } from '../src/report-kept.ts';

let made: string[];
beforeEach(() => {
  made = [];
});

/** Makes a table of so many bytes in two files, and notes that it did. */
const make =
  (key: string, bytes = 10) =>
  async () => {
    made.push(key);
    return [new Uint8Array(bytes - 1), new Uint8Array(1)];
  };

describe('A table', () => {
  it('is made once for all who ask, also while it is being made', async () => {
    const kept = createKept({ tables: 5, bytes: 100 });
    const [one, other] = await Promise.all([kept('a', make('a')), kept('a', make('a'))]);
    expect(other).toBe(one);
    expect(await kept('a', make('a'))).toBe(one);
    expect(made).toEqual(['a']);
  });

  it('that could not be made is tried again', async () => {
    const kept = createKept({ tables: 5, bytes: 100 });
    const failing = () => Promise.reject(new Error('no font'));
    await expect(kept('a', failing)).rejects.toThrow('no font');
    expect(await kept('a', make('a'))).toHaveLength(2);
  });

  it('not asked for longest goes first when there are too many', async () => {
    const kept = createKept({ tables: 2, bytes: 100 });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await kept(key, make(key));
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('not asked for longest goes first when there are too many bytes', async () => {
    const kept = createKept({ tables: 100, bytes: 25 });
    for (const key of ['a', 'b', 'c', 'b', 'c', 'a']) await kept(key, make(key));
    expect(made).toEqual(['a', 'b', 'c', 'a']);
  });

  it('larger than everything that may be kept is given out and not kept', async () => {
    const kept = createKept({ tables: 5, bytes: 25 });
    expect(await kept('a', make('a', 30))).toHaveLength(2);
    await kept('b', make('b'));
    await kept('a', make('a', 30));
    expect(made).toEqual(['a', 'b', 'a']);
  });
});

// The queue of turns: in order within a conversation, side by side between them, never stuck behind one that hangs.
import { expect, it } from 'vitest';
import { createQueue } from '../src/queue.ts';

const never = (): Promise<never> => new Promise(() => {});
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('does the work of one key in the order it came, one at a time', async () => {
  const queue = createQueue(1_000);
  const steps: string[] = [];
  let inHand = 0;
  const work = (n: number) => async () => {
    inHand += 1;
    expect(inHand).toBe(1);
    // Later work would be done sooner, if it were allowed to begin.
    await pause(6 - n);
    steps.push(`${n}`);
    inHand -= 1;
    return n * 10;
  };
  expect(await Promise.all([1, 2, 3, 4, 5].map((n) => queue('a', work(n))))).toEqual([10, 20, 30, 40, 50]);
  expect(steps).toEqual(['1', '2', '3', '4', '5']);
});

it('does the work of different keys side by side', async () => {
  const queue = createQueue(1_000);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = queue('a', () => held.then(() => 'a'));
  expect(await queue('b', async () => 'b')).toBe('b');
  release();
  expect(await slow).toBe('a');
});

it('gives a failure to whoever asked, and goes on with the next', async () => {
  const queue = createQueue(1_000);
  const failing = queue('a', async () => {
    throw new Error('the store is away');
  });
  const next = queue('a', async () => 'done');
  await expect(failing).rejects.toThrow('the store is away');
  expect(await next).toBe('done');
});

it('begins the next step when one has hung for the limit, and not before', async () => {
  const queue = createQueue(60);
  const from = performance.now();
  void queue('a', never);
  expect(await queue('a', async () => performance.now() - from)).toBeGreaterThan(55);
});

it('keeps the order of what waits behind a step that hangs, however long it waited', async () => {
  const queue = createQueue(40);
  const steps: number[] = [];
  void queue('a', never);
  const waiting = [1, 2, 3, 4].map((n) =>
    queue('a', async () => {
      await pause(12 - 3 * n);
      steps.push(n);
    }),
  );
  await Promise.all(waiting);
  expect(steps).toEqual([1, 2, 3, 4]);
});

it('lets a slow step finish although the next has begun', async () => {
  const queue = createQueue(20);
  const steps: string[] = [];
  const slow = queue('a', async () => {
    await pause(60);
    steps.push('slow');
    return 'late, but done';
  });
  await queue('a', async () => void steps.push('next'));
  expect(await slow).toBe('late, but done');
  expect(steps).toEqual(['next', 'slow']);
});

it('is idle when all that was asked is done', async () => {
  const queue = createQueue(1_000);
  const steps: string[] = [];
  for (const key of ['a', 'a', 'b'])
    void queue(key, async () => {
      await pause(5);
      steps.push(key);
    });
  await queue.idle();
  expect(steps.sort()).toEqual(['a', 'a', 'b']);
});

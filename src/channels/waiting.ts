// Waiting: a pause, work that may take only so long, and a limit on what is waited for.
import { setTimeout as wait } from 'node:timers/promises';

/** Sleeps; wakes early when the signal says so. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => {});
}

/** Does the work, whose signal is aborted after `ms` milliseconds or with the outer signal; leaves no timer behind. */
export async function limited<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const end = (): void => over.abort();
  const timer = setTimeout(end, outer?.aborted ? 0 : ms);
  outer?.addEventListener('abort', end);
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', end);
  }
}

/** Waits for the work, at most `ms` milliseconds or until the signal. Rejects as the work does. */
export async function within(work: Promise<unknown>, ms: number, signal?: AbortSignal): Promise<void> {
  await limited(ms, signal, async (until) => {
    const over = new Promise((resolve) => until.addEventListener('abort', resolve));
    await Promise.race([work, over]);
  });
}

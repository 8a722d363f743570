// What became of a turn that somebody waits for, but not for ever.

/** slow: it takes longer than `ms` milliseconds and goes on. failed: it could not be stored; `failed` hears of it however late. */
export async function outcomeOf(
  turn: Promise<void>,
  ms: number,
  failed: (why: string, outcome: 'failed' | 'slow') => void,
): Promise<'durable' | 'failed' | 'slow'> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const ended = turn.then(
    () => 'durable' as const,
    (error: unknown) => {
      failed(String(error), isLate ? 'slow' : 'failed');
      return 'failed' as const;
    },
  );
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve('slow');
    }, ms);
  });
  return Promise.race([ended, slow]).finally(() => clearTimeout(timer));
}

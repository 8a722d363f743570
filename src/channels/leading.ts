// Work that only one instance may do at a time, such as asking a platform for updates: begun and ended as this instance is told.

/** As `Storage.lead`: told whether this instance is the one that does the task; the result gives it up. */
export type Lead = (task: string, listener: (leads: boolean) => void) => () => Promise<void>;

/**
 * Has `start` run while this instance leads `task`; what it returns ends it. The next run begins only when the one before has ended.
 * The result ends everything, and gives the task up only then, so that whoever follows finds nothing half done.
 */
export function whileLeading(
  lead: Lead,
  task: string,
  start: () => () => Promise<void>,
): () => Promise<void> {
  let wanted = false;
  let stop: (() => Promise<void>) | undefined;
  let changing = Promise.resolve();
  const change = (): void => {
    changing = changing.then(async () => {
      if (wanted && !stop) stop = start();
      else if (!wanted && stop) {
        const end = stop;
        stop = undefined;
        await end();
      }
    });
  };
  const giveUp = lead(task, (leads) => {
    wanted = leads;
    change();
  });
  return async () => {
    wanted = false;
    change();
    await changing;
    await giveUp();
  };
}

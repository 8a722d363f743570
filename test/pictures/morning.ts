// The program as it runs on the morning of the pictures: always the same day, so that a picture changes only with the product.
import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Running, start } from '../support/process.ts';

/** Wednesday, 14 September 2022, 8 o'clock. */
export const MORNING = '2022-09-14T01:00:00.000Z';

const CLOCK = new URL('../support/moved-clock.ts', import.meta.url).href;
/** Until the program has looked at its clock again. */
const NOTICED_MS = 100;

/** Lets time pass for the program. */
type Later = (minutes: number) => Promise<void>;

/** Runs the program on the data of `folder` while `use` does something with it. */
export async function onThatMorning(
  folder: string,
  use: (bot: Running, later: Later) => Promise<void>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const clock = `${folder}.clock`;
  let moved = Date.parse(MORNING) - Date.now();
  writeFileSync(clock, String(moved));
  const bot = await start({ DATA_DIR: folder, MOVED_CLOCK: clock }, [CLOCK]);
  try {
    await use(bot, async (minutes) => {
      moved += minutes * 60_000;
      writeFileSync(clock, String(moved));
      await pause(NOTICED_MS);
    });
  } finally {
    await bot.stop();
  }
}

// The pictures of "ten minutes instead of a day": plays the scenes, each with people of its own.
import type { Browser } from 'playwright-core';
import { onThatMorning } from './morning.ts';
import { openPhone, type Phone } from './phone.ts';
import { SHOOTS } from './scenes.ts';
import { prepareTown } from './town.ts';

/** Makes the pictures of the scenes of these names; of all when none is named. `folder`: where the program may keep its data. */
export async function quickPictures(
  browser: Browser,
  folder: string,
  only: readonly string[],
): Promise<void> {
  const shoots = SHOOTS.filter(({ name }) => only.length === 0 || only.includes(name));
  if (shoots.length === 0) return;
  const codes = await prepareTown(folder, shoots);
  await onThatMorning(folder, async ({ url }, later) => {
    for (const { name, take } of shoots) {
      const waiting = [...(codes.get(name) ?? [])];
      const opened: Phone[] = [];
      const join = async (link = `${url}/i/${waiting.shift()}`): Promise<Phone> => {
        const phone = await openPhone(browser, link);
        opened.push(phone);
        return phone;
      };
      await take(await join(), { join, later });
      for (const phone of opened) await phone.close();
    }
  });
}

// The way of carrying forward: the values of the period before are kept, and what has changed is written over them.
import type { Desk } from './desk.ts';
import { answer, askedIn, change, NEXT, type Way } from './task.ts';

export const carry: Way = async (task) => {
  const { desk, template, changed } = task;
  await desk.say('/giunguyen tất cả');
  await desk.sees(KEEP);
  if (desk.offers(/^Gồm cả/)) {
    await desk.choose(/^Gồm cả/);
    await desk.sees(KEEP);
  }
  await keepAll(desk);
  // What was kept as words in place of a figure is asked again.
  for (let next = await desk.hears(NEXT); /^Chỉ tiêu/m.test(next.text); next = await desk.hears(NEXT))
    await answer(task, askedIn(next, template));
  for (const indicator of changed) await change(task, indicator);
};

const KEEP = /^Giữ nguyên (?:tất cả|\d+ dòng)/;

/** Reads the list to its end and keeps all of it. */
async function keepAll(desk: Desk): Promise<void> {
  while (desk.offers(/^Xem tiếp/)) {
    await desk.choose(/^Xem tiếp/);
    await desk.sees(KEEP);
  }
  await desk.choose(desk.offers(/^Giữ nguyên tất cả/) ? /^Giữ nguyên tất cả/ : KEEP);
  await desk.hears(/^✓ Đã giữ nguyên/m);
}

// A button that is tapped twice in a hurry counts once; tapped again later it is a correction like any other.
import { beforeEach, expect, it } from 'vitest';
import { createWorld, plain, type Seen, type World } from '../support/world.ts';

let world: World;
let lan: string;
const said = (seen: readonly Seen[]): string => seen.map(({ message }) => plain(message)).join('\n');
const records = async () =>
  (await world.storage.history('k1/u1')).filter(({ change }) => change.type === 'answer_set').length;

beforeEach(async () => {
  world = await createWorld({
    ...{ template: 'ubnd-thi-xa-nga-nam', unit: 'UBND', period: '2022-Q3', now: '2022-09-14T01:00:00Z' },
  });
  lan = await world.join('Lan');
});

it('is recorded once, says so, and leaves the next question as it stands', async () => {
  const first = await world.press(lan, 'Để trống');
  expect(said(first)).toContain('Chỉ tiêu 2/');
  world.setNow('2022-09-14T01:00:02Z');
  const again = await world.press(lan, buttonOf(world, 'b:'));
  expect(said(again)).toMatch(
    /^Đã ghi từ lần bấm trước, không ghi thêm: \*Tỷ lệ hoàn thành .* – để trống\*$/,
  );
  expect(await records()).toBe(1);
  expect(said(await world.say(lan, '5'))).toContain('Chỉ tiêu 3/');
  expect(await records()).toBe(2);
});

it('is recorded again when the question stands there once more, or some time has gone by', async () => {
  await world.press(lan, 'Để trống');
  const blank = buttonOf(world, 'b:');
  await world.say(lan, '/lui');
  await world.press(lan, blank);
  expect(await records()).toBe(2);
  world.setNow('2022-09-14T01:01:00Z');
  expect(said(await world.press(lan, blank))).toContain('Đã ghi cho chỉ tiêu ở trên');
  expect(await records()).toBe(3);
});

/** The first button of the kind that was shown, by what it carries. */
function buttonOf(of: World, begins: string): string {
  const all = of.transcript(lan).flatMap(({ buttons = [] }) => buttons.flat());
  return all.find(({ action }) => action.startsWith(begins))?.action ?? '';
}

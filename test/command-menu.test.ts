// The menus of commands that a chat app shows: whoever sees one may run everything in it.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../src/domain/people.ts';
import { PART } from '../src/text/assign-part.ts';
import { COMMAND_MENU } from '../src/text/command-menu.ts';
import { COMMAND } from '../src/text/menu.ts';
import { SNOOZE } from '../src/text/remind.ts';
import { createWorld, plain, type World } from './support/world.ts';

const ROLES = ['officer', 'helper', 'leader', 'coordinator', 'viewer'] as const satisfies readonly Role[];
const REFUSALS = [COMMAND.officerOnly, COMMAND.coordinatorOnly, SNOOZE.officerOnly, PART.officersOnly];
let world: World;
const chats = new Map<Role, string>();

beforeAll(async () => {
  const [template, period, now] = ['ubnd-thi-xa-nga-nam', '2022-Q3', '2022-09-14T01:00:00Z'];
  world = await createWorld({ template, unit: 'UBND thị xã Ngã Năm', period, now });
  for (const role of ROLES) chats.set(role, await world.join(role, role));
});

describe.each(ROLES)('The menu of a person in the role %s', (role) => {
  it.each(COMMAND_MENU[role])('offers /$command, which that person may run', async ({ command }) => {
    const said = (await world.say(chats.get(role) ?? '', `/${command}`)).map(({ message }) => plain(message));
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((each) => REFUSALS.includes(each))).toEqual([]);
    expect(said).not.toContain(COMMAND.unknown(`/${command}`));
  });

  it('has names and words that Telegram takes, each once', () => {
    const names = COMMAND_MENU[role].map(({ command }) => command);
    expect(new Set(names).size).toBe(names.length);
    for (const { command, description } of COMMAND_MENU[role]) {
      expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
      expect(description.length).toBeLessThanOrEqual(60);
    }
  });
});

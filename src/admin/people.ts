// people list, people remove: who has joined, and taking somebody out.
import { localTime } from '../domain/clock.ts';
import { dayWords } from '../text/common.ts';
import { PEOPLE, PEOPLE_ADMIN } from '../text/people.ts';
import { ROLE } from '../text/person.ts';
import { type Command, listByUnit, store, table, withStore } from './command.ts';
import { exportPerson } from './people-export.ts';

const list: Command = {
  options: { unit: 'text' },
  run: ({ text }, context) =>
    listByUnit(context, text.unit, async (storage, isWanted, nameOf) => {
      const people = (await storage.people())
        .filter((each) => each.leftAt === undefined && isWanted(each))
        .sort((a, b) => compare(a.unit, b.unit) || compare(a.joinedAt, b.joinedAt));
      const rows = people.map((each) => [
        each.id,
        nameOf(each.unit),
        ROLE[each.role],
        each.name,
        PEOPLE_ADMIN.channels(each),
        dayWords(localTime(each.joinedAt, context.config.TIMEZONE).day),
      ]);
      const lines = rows.length > 0 ? table(PEOPLE_ADMIN.columns, rows) : [PEOPLE_ADMIN.none];
      // Neither phone numbers nor the ids of chats: they are nothing to scripts.
      const json = people.map(({ id, unit, role, name, joinedAt }) => ({ id, unit, role, name, joinedAt }));
      return { lines, json: { people: json } };
    }),
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const remove: Command = {
  options: { id: 'required' },
  run: ({ text: { id = '' } }, context) =>
    withStore(context, async (storage) => {
      const person = (await storage.people()).find((each) => each.id === id && each.leftAt === undefined);
      if (!person) return { faults: [PEOPLE_ADMIN.unknown(id)] };
      const unit = await storage.unit(person.unit);
      const at = context.now.toISOString();
      const told = person.conversations
        .filter((each) => !person.unreachable.includes(each))
        .map((conversation) => ({ conversation, message: { text: [PEOPLE.tell(unit)] } }));
      const fault = await store(
        storage,
        `remove:${id}:${at}`,
        [{ type: 'person_forgotten', person: id, at }],
        context,
        told,
      );
      if (fault !== undefined) return { faults: [fault] };
      return { lines: [PEOPLE_ADMIN.removed(person, unit?.name ?? person.unit)], json: { id, leftAt: at } };
    }),
};

export const commands: Readonly<Record<string, Command>> = { list, remove, export: exportPerson };

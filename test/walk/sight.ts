// What somebody may learn of: no message, button or file names a unit, a person or a report outside what its reader looks after.
import { readAction } from '../../flows/actions.ts';
import type { FileRequest, Message } from '../../src/domain/conversation.ts';
import { isOverseer, type Person, type Unit } from '../../src/domain/people.ts';
import { buttonsOf, plain, type Seen } from '../support/world.ts';
import type { Before, Walk } from './walk.ts';

/** The unit and all below it, worked out anew from the list. */
export function below(unit: string, units: readonly Unit[]): ReadonlySet<string> {
  const found = new Set([unit]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const { id, parent } of units) if (parent !== undefined && found.has(parent)) found.add(id);
  }
  return found;
}

/** The unit and all above it. */
function above(unit: string, units: readonly Unit[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at: string | undefined = unit; at !== undefined && !found.has(at); ) {
    found.add(at);
    at = units.find(({ id }) => id === at)?.parent;
  }
  return found;
}

/** The units whose figures and people this person may see. */
const sightOf = ({ role, unit }: Person, units: readonly Unit[]): ReadonlySet<string> =>
  isOverseer(role) ? below(unit, units) : new Set([unit]);

type Reader = {
  readonly sees: ReadonlySet<string>;
  /** Units whose name alone may stand somewhere, and the names of their people. */
  readonly knows: ReadonlySet<string>;
  readonly ids: readonly string[];
};

/** Somebody who comes or goes in this very step is read as before or after it. */
function readerOf(conversation: string, people: readonly Person[], units: readonly Unit[]): Reader {
  const own = people.filter((each) => each.conversations.includes(conversation));
  const sees = new Set(own.flatMap((each) => [...sightOf(each, units)]));
  return {
    sees,
    knows: new Set([...sees, ...own.flatMap((each) => [...above(each.unit, units)])]),
    ids: own.map(({ id }) => id),
  };
}

/** What these messages give away; `before`: what was stored before the step. */
export async function sightFaults(walk: Walk, said: readonly Seen[], before: Before): Promise<string[]> {
  if (said.length === 0) return [];
  const { storage } = walk.world;
  const people = [...before.people, ...(await storage.people())];
  const units = [...before.units, ...(await storage.units())];
  const readers = new Map<string, Reader>();
  return said.flatMap(({ conversation, message }) => {
    const reader = readers.get(conversation) ?? readerOf(conversation, people, units);
    readers.set(conversation, reader);
    return [...nameFaults(walk, message, reader), ...refFaults(walk, message, reader)].map(
      (fault) => `${conversation} ${fault}`,
    );
  });
}

function nameFaults({ names }: Walk, message: Message, { knows }: Reader): string[] {
  const text = [plain(message), ...buttonsOf(message).map(({ label }) => label)].join('\n');
  return [...names]
    .filter(([name, unit]) => !knows.has(unit) && text.includes(name))
    .map(([name]) => `reads of ${name}: ${text.slice(0, 120)}`);
}

function refFaults({ refs }: Walk, message: Message, { sees, ids }: Reader): string[] {
  const buttons = buttonsOf(message).flatMap(({ action }) => {
    const unit = refs.get(readAction(action)?.report ?? '');
    return unit === undefined || sees.has(unit) ? [] : [`has a button on the report of ${unit}`];
  });
  const files = [message.file, message.pictures].flatMap((file) => (file ? [file] : []));
  return [...buttons, ...files.flatMap((file) => fileFault(file, sees, ids))];
}

function fileFault(file: FileRequest, sees: ReadonlySet<string>, ids: readonly string[]): string[] {
  if ('invitations' in file) return [];
  if ('campaign' in file) return ids.includes(file.person) ? [] : ['is handed the table of somebody else'];
  const unit = ('report' in file ? file.report : file.history).split('/').at(-1) ?? '';
  return sees.has(unit) ? [] : [`is handed the table of ${unit}`];
}

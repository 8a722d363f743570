// people export: everything that is stored about one person, for whoever asks what is known about them.
import { stat, writeFile } from 'node:fs/promises';
import type { Storage } from '../../storage/storage.ts';
import type { Person } from '../domain/people.ts';
import { BACKUP } from '../text/admin.ts';
import { EXPORT } from '../text/people.ts';
import { withStoreBeside } from './beside.ts';
import type { Command, Outcome } from './command.ts';

/** More than a conversation ever keeps. */
const ALL_MESSAGES = 100_000;

export const exportPerson: Command = {
  options: { id: 'required', out: 'text' },
  async run({ text: { id = '', out } }, context): Promise<Outcome> {
    const { DATA_DIR, DATABASE_URL } = context.config;
    if (DATABASE_URL === undefined && !(await stat(DATA_DIR).catch(() => undefined)))
      return { faults: [BACKUP.noData(DATA_DIR)] };
    const found = await withStoreBeside(context, async (storage) => {
      const person = (await storage.people()).find((each) => each.id === id);
      return person && allAbout(person, storage);
    });
    if (!found) return { faults: [EXPORT.unknown(id)] };
    const whole = { exportedAt: context.now.toISOString(), ...found };
    const json = JSON.stringify(whole, null, 2);
    if (out === undefined) return { lines: [json], json: whole };
    try {
      await writeFile(out, `${json}\n`, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      return { faults: [EXPORT.cannotWrite(out, (error as NodeJS.ErrnoException).code ?? String(error))] };
    }
    return { lines: [EXPORT.written(out)], json: { id, out } };
  },
};

/** The person, what let them in, what was said, and every record that they made or that names them. */
async function allAbout(person: Person, storage: Storage): Promise<Readonly<Record<string, unknown>>> {
  const { id } = person;
  const invitations = await storage.invitations();
  const conversations = person.conversations.map(async (conversation) => ({
    conversation,
    session: await storage.session(conversation),
    messages: await storage.transcript(conversation, 0, ALL_MESSAGES),
  }));
  return {
    person,
    unit: await storage.unit(person.unit),
    invitations: invitations.filter((each) => each.usedBy === id || each.person === id),
    conversations: await Promise.all(conversations),
    records: await recordsOf(id, storage),
  };
}

async function recordsOf(id: string, storage: Storage): Promise<readonly unknown[]> {
  const campaigns = await storage.campaigns();
  const reports = (await Promise.all(campaigns.map((each) => storage.reports(each.id)))).flat();
  const found: unknown[] = [];
  for (const of of [...campaigns.map((each) => `campaign:${each.id}`), ...reports.map((each) => each.id)])
    for (const record of await storage.history(of)) {
      const names = JSON.stringify(record.change).includes(JSON.stringify(id));
      if (record.by === id || names) found.push({ of, ...record });
    }
  return found;
}

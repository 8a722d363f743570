// What somebody who fills a part may learn of: no message, button or file is about rows that are not theirs.
import { readAction } from '../../flows/actions.ts';
import { rowsHeld } from '../../src/domain/assignment.ts';
import { shortHash } from '../../src/domain/hash.ts';
import { templateFor } from '../../src/domain/part.ts';
import type { Person } from '../../src/domain/people.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Template } from '../../src/domain/template.ts';
import { buttonsOf, plain, type Seen } from '../support/world.ts';
import type { Taken, Walk } from './walk.ts';

/** So long a label is not also part of other words. */
const TELLING = 25;

/** Rows of the form by what a person holds of the report, before or after the step. */
type Sight = { readonly form: Template; readonly shown: ReadonlySet<string> };

/** What these messages give away to a helper. */
export async function partFaults({ world, templates, done }: Walk, taken: Taken): Promise<string[]> {
  const people = [...taken.before.people, ...(await world.storage.people())];
  const helpers = new Map(
    people
      .filter(({ role }) => role === 'helper')
      .flatMap((each) => each.conversations.map((conversation) => [conversation, each] as const)),
  );
  const told = taken.said.filter(({ conversation }) => helpers.has(conversation));
  if (told.length === 0) return [];
  const after = await world.storage.reports(world.campaign.id);
  const reports = [...taken.known.reports, ...after].filter(({ unit }) => unit === world.unit.id);
  return told.flatMap((seen) => {
    const person = helpers.get(seen.conversation);
    const own = done.flatMap((each) =>
      each.conversation === seen.conversation && 'text' in each ? [each.text] : [],
    );
    return person ? faultsOf(seen, person, sightsOf(person, reports, templates), own) : [];
  });
}

/** A part that was just taken back is still named by what it was. */
function sightsOf(person: Person, reports: readonly Report[], templates: readonly Template[]): Sight[] {
  const forms = new Map<Template, Set<string>>();
  for (const report of reports) {
    const form = templates.find(
      ({ id, version }) => id === report.template.id && version === report.template.version,
    );
    if (!form) continue;
    const shown = forms.get(form) ?? new Set();
    forms.set(form, shown);
    const rows = rowsHeld(form, report, person.id);
    for (const { id } of rows ? templateFor(form, rows).rows : []) shown.add(id);
  }
  return [...forms].map(([form, shown]) => ({ form, shown }));
}

/** `typed`: the person's own words, which may be quoted. */
function faultsOf(
  { conversation, message }: Seen,
  { id }: Person,
  sights: readonly Sight[],
  typed: readonly string[],
): string[] {
  const text = [plain(message), ...buttonsOf(message).map(({ label }) => label)].join('\n');
  const labels = sights.flatMap(({ form, shown }) => {
    const own = form.rows.filter((row) => shown.has(row.id)).map(({ label }) => label);
    return form.rows
      .filter((row) => !shown.has(row.id) && row.label.length >= TELLING && text.includes(row.label))
      .filter(({ label }) => ![...own, ...typed].some((each) => each.includes(label)))
      .map(({ label }) => `${conversation} reads of “${label}”: ${text.slice(0, 200)}`);
  });
  const buttons = buttonsOf(message).flatMap(({ action }) => {
    const row = readAction(action)?.row ?? '';
    const isOther = sights.some(({ form, shown }) =>
      form.rows.some((each) => shortHash(each.id) === row && !shown.has(each.id)),
    );
    return isOther ? [`${conversation} has a button about a row that is not theirs: ${action}`] : [];
  });
  const files = [message.file, message.pictures].flatMap((file) => {
    const isOwn = !file || ('report' in file && file.for === id);
    return isOwn ? [] : [`${conversation} is handed ${JSON.stringify(file)}`];
  });
  return [...labels, ...buttons, ...files];
}

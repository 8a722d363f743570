// Parts of a report given to somebody of the unit: which rows they hold, who has them now, and how far they are. Pure.
import { type Invitation, invitationFault, type Person } from './people.ts';
import { type Assignment, isAnswered, type Report, valueWriter } from './report.ts';
import type { Indicator, Row, Template } from './template.ts';

/** Every part of a report that was not taken back, in the order in which they were given. */
export const heldOf = ({ assignments = {} }: Pick<Report, 'assignments'>): readonly Assignment[] =>
  Object.values(assignments)
    .filter(({ endedAt }) => endedAt === undefined)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));

/** What this person has of a report, done or not. */
export const heldBy = (report: Pick<Report, 'assignments'>, person: string): readonly Assignment[] =>
  heldOf(report).filter((each) => each.person === person);

const ALONE = '=';

/** How an indicator is chosen without what stands below it. */
export const alone = (template: Template, id: string): string =>
  template.rows.some(({ parent }) => parent === id) ? `${ALONE}${id}` : id;

/** The id of a chosen row. */
export const idOfChosen = (chosen: string): string =>
  chosen.startsWith(ALONE) ? chosen.slice(ALONE.length) : chosen;

/** The chosen rows and everything below them. */
export function rowsUnder(template: Template, chosen: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(chosen);
  const isUnder = (row: Row): boolean => {
    if (wanted.has(row.id) || wanted.has(row.section)) return true;
    const parent = row.parent === undefined ? undefined : template.byId.get(row.parent);
    return parent !== undefined && parent !== row && isUnder(parent);
  };
  const isChosen = (row: Row): boolean => wanted.has(`${ALONE}${row.id}`) || isUnder(row);
  return new Set(template.rows.filter(isChosen).map(({ id }) => id));
}

/** The indicators of a part in printed order. */
export function indicatorsIn(template: Template, { rows }: Pick<Assignment, 'rows'>): readonly Indicator[] {
  const under = rowsUnder(template, rows);
  return template.indicators.filter(({ id }) => under.has(id));
}

/** How many of a part's indicators are answered. */
export function countsIn(
  template: Template,
  report: Report,
  part: Pick<Assignment, 'rows'>,
): { readonly answered: number; readonly total: number } {
  const mine = indicatorsIn(template, part);
  return { answered: mine.filter(({ id }) => isAnswered(report.answers[id])).length, total: mine.length };
}

/**
 * Who has a part. taken: a person who is there; invited: the code can still be used; expired: it no longer can; gone: whoever took
 * it has left the unit.
 */
export type Holder = { readonly is: 'taken' | 'invited' | 'expired' | 'gone'; readonly name: string };

export function holderOf(
  { person: id, invitation }: Assignment,
  people: readonly Person[],
  invitations: readonly Invitation[],
  now: string,
): Holder {
  const person = people.find((each) => each.id === id);
  if (person) return { is: person.leftAt === undefined ? 'taken' : 'gone', name: person.name };
  const open = invitations.find((each) => each.id === invitation);
  if (!open) return { is: 'expired', name: '' };
  return { is: invitationFault(open, now) === undefined ? 'invited' : 'expired', name: open.name };
}

/** An indicator that somebody else is to answer at the moment. */
export type Away = ReadonlyMap<string, { readonly assignment: Assignment; readonly holder: Holder }>;

/** Who can have a part, by what is known now (ISO). */
type Office = {
  readonly people: readonly Person[];
  readonly invitations: readonly Invitation[];
  readonly now: string;
};

/** Which indicators are with somebody else who is there and not done, by indicator. */
export function awayOf(
  template: Template,
  report: Report,
  me: string,
  { people, invitations, now }: Office,
): Away {
  const away = new Map<string, { assignment: Assignment; holder: Holder }>();
  for (const assignment of heldOf(report)) {
    if (assignment.doneAt !== undefined || assignment.person === me) continue;
    const found = holderOf(assignment, people, invitations, now);
    if (found.is !== 'taken' && found.is !== 'invited') continue;
    for (const { id } of indicatorsIn(template, assignment)) away.set(id, { assignment, holder: found });
  }
  return away;
}

/** What this person was given that somebody else has put off (chưa có số liệu): it is asked all the same, while the part is not done. */
export function parkedFor(template: Template, report: Report, person: string): ReadonlySet<string> {
  const mine = heldBy(report, person).filter(({ doneAt }) => doneAt === undefined);
  const ids = mine.flatMap((each) => indicatorsIn(template, each)).map(({ id }) => id);
  return new Set(
    ids.filter((id) => {
      const answer = report.answers[id];
      return answer?.value?.is === 'pending' && valueWriter(answer) !== person;
    }),
  );
}

/** The rows that this person has of a report; undefined when nothing is given to them. */
export function rowsHeld(
  template: Template,
  report: Pick<Report, 'assignments'>,
  person: string,
): ReadonlySet<string> | undefined {
  const held = heldBy(report, person);
  if (held.length === 0) return undefined;
  return rowsUnder(
    template,
    held.flatMap(({ rows }) => rows),
  );
}

// Who may change what: every change is made by somebody it is up to, and a deciding one only by its own button, code or word.
import { isDeepStrictEqual } from 'node:util';
import { type Press, readAction } from '../../flows/actions.ts';
import { rowsHeld } from '../../src/domain/assignment.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Change, ReportChange } from '../../src/domain/change.ts';
import { rowsOf } from '../../src/domain/history.ts';
import type { Invitation, Role } from '../../src/domain/people.ts';
import { reportId } from '../../src/domain/report.ts';
import { fold } from '../../src/domain/words.ts';
import { below } from './sight.ts';
import type { Taken, Walk } from './walk.ts';

export async function rightFaults(walk: Walk, taken: Taken): Promise<string[]> {
  const { changes } = taken;
  const nth = (kind: Change['type']) => changes.filter(({ type }) => type === kind).length;
  return [
    ...changes.flatMap((change) => (mayMake(change, taken) ? [] : [`${say(change)} by ${who(taken)}`])),
    ...changes.flatMap((change) => (isMeant(change, taken) ? [] : [`${change.type} was not asked for`])),
    ...(nth('campaign_set') > 1 ? ['several periods were changed at once'] : []),
    ...changes.flatMap((change) => (change.type === 'nudged' ? nudgeFaults(change, taken) : [])),
    ...typedFaults(taken),
    ...errandFaults(taken),
    ...(await lockFaults(walk, taken)),
  ];
}

const say = (change: Change): string => JSON.stringify(change).slice(0, 160);
const who = ({ known: { person } }: Taken): string =>
  person ? `${person.role} of ${person.unit}` : 'nobody';

/** True when it is up to the person of this step. */
function mayMake(change: Change, taken: Taken): boolean {
  const { known, before, event } = taken;
  const { person } = known;
  const runs = person?.role === 'coordinator' ? below(person.unit, before.units) : new Set<string>();
  switch (change.type) {
    case 'unit_set':
      return runs.has(change.unit.id) || (isNew(change.unit.id, taken) && parentIn(change, taken, runs));
    case 'campaign_set':
      return mayRun(change.campaign, taken, runs);
    case 'nudged':
      return [...change.people.map(({ unit }) => unit), ...change.unreached].every((unit) => runs.has(unit));
    case 'tables_given':
      return change.person === person?.id;
    case 'invitation_set':
      return mayInvite(change.invitation, taken, runs);
    case 'person_set':
      return change.person.id === person?.id || change.person.conversations.includes(event.conversation);
    case 'person_forgotten': {
      const gone = before.people.find(({ id }) => id === change.person);
      return change.person === person?.id || (gone !== undefined && runs.has(gone.unit));
    }
    case 'link_set':
    case 'channel_set':
      return false;
    default:
      return mayWrite(change, taken, runs);
  }
}

const isNew = (unit: string, { before }: Taken): boolean => before.units.every(({ id }) => id !== unit);

/** What is new belongs below: to a unit that is there, or to another one of the same list. */
function parentIn(
  { unit }: Extract<Change, { type: 'unit_set' }>,
  { changes }: Taken,
  runs: ReadonlySet<string>,
): boolean {
  const listed = changes.flatMap((each) => (each.type === 'unit_set' ? [each.unit.id] : []));
  return unit.parent !== undefined && (runs.has(unit.parent) || listed.includes(unit.parent));
}

/** A new period is for units below the own; an old one is changed by who looks after all of it, or one deadline by who does so there. */
function mayRun(next: Campaign, { known, before }: Taken, runs: ReadonlySet<string>): boolean {
  const was = [...known.campaigns, ...known.closed].find(({ id }) => id === next.id);
  const own = known.person?.unit ?? '';
  if (!was) return next.office === own && next.units.every((unit) => runs.has(unit) && unit !== own);
  if ([...was.units, ...next.units].every((unit) => runs.has(unit))) return true;
  const { extensions: a = {}, rev: _, ...rest } = was;
  const { extensions: b = {}, rev: __, ...others } = next;
  const moved = before.units.map(({ id }) => id).filter((id) => a[id] !== b[id]);
  return isDeepStrictEqual(rest, others) && moved.length === 1 && moved.every((unit) => runs.has(unit));
}

function mayInvite(next: Invitation, { known, before }: Taken, runs: ReadonlySet<string>): boolean {
  const { person, invitation } = known;
  if (next.usedAt !== undefined) return next.id === invitation?.id;
  if (next.person !== undefined && next.person === person?.id) return next.unit === person.unit;
  if (person?.role === 'leader') return next.unit === person.unit && next.role === 'officer';
  if (person?.role === 'officer') return next.unit === person.unit && next.role === 'helper';
  return runs.has(next.unit) && before.units.some(({ id }) => id === next.unit);
}

const BY: Readonly<Record<ReportChange['type'], readonly Role[]>> = {
  report_started: ['officer'],
  answer_set: ['officer', 'helper'],
  answer_cleared: ['officer', 'helper'],
  note_set: ['officer', 'helper'],
  explained: ['officer', 'helper'],
  overridden: ['coordinator'],
  submitted: ['officer', 'leader'],
  withdrawn: ['officer'],
  approval_asked: ['officer'],
  approval_refused: ['leader'],
  accepted: ['coordinator'],
  returned: ['coordinator'],
  unlock_asked: ['officer'],
  unlock_refused: ['coordinator'],
  reopened: ['coordinator'],
  asked: ['coordinator'],
  replied: ['officer'],
  handed: ['officer', 'leader', 'coordinator', 'viewer'],
  downloaded: [],
  assignment_set: ['officer', 'helper'],
};

function mayWrite(change: ReportChange, taken: Taken, runs: ReadonlySet<string>): boolean {
  const { person } = taken.known;
  const unit = change.report.split('/').at(-1) ?? '';
  if (change.type === 'assignment_set' && person?.role !== 'officer') return isOwnPart(change, taken);
  if (!person || !BY[change.type].includes(person.role)) return false;
  if (person.role === 'viewer') return change.type === 'handed' && change.person === person.id;
  if (person.role === 'helper') return person.unit === unit && isInPart(change, taken);
  return person.role === 'coordinator' ? runs.has(unit) : person.unit === unit;
}

/** Taken with the code in hand, or said to be done by whoever has it. */
function isOwnPart(
  { report, assignment }: Extract<ReportChange, { type: 'assignment_set' }>,
  { known: { person, invitation, reports } }: Taken,
): boolean {
  const was = reports.find(({ id }) => id === report)?.assignments?.[assignment.id];
  if (!was || was.endedAt !== assignment.endedAt) return false;
  if (was.person !== undefined) return was.person === person?.id && assignment.person === person.id;
  return was.invitation !== undefined && was.invitation === invitation?.id;
}

/** Whoever fills a part writes nothing else, whatever it is. */
function isInPart(change: ReportChange, { known, form }: Taken): boolean {
  const { person, reports } = known;
  const report = reports.find(({ id }) => id === change.report);
  const template = report && form(report.template);
  const rows = template && rowsHeld(template, report, person?.id ?? '');
  if (!rows) return false;
  if (change.type === 'note_set') return rows.has(change.row);
  if (change.type === 'explained') return rowsOf(template, change.rule).every((row) => rows.has(row));
  return 'indicator' in change && rows.has(change.indicator);
}

/** Who has sent is not nudged. */
function nudgeFaults({ campaign, people }: Extract<Change, { type: 'nudged' }>, { known }: Taken): string[] {
  return people.flatMap(({ unit }) => {
    const status = known.reports.find(({ id }) => id === reportId(campaign, unit))?.status ?? 'notStarted';
    return status === 'submitted' || status === 'accepted' ? [`${unit} is nudged although ${status}`] : [];
  });
}

/** The press that makes a deciding change; false: words of a conversation may as well. */
const DECIDED: Partial<Record<Change['type'], (press: Press) => boolean>> = {
  campaign_set: ({ verb, arg }) =>
    (verb === 'openPeriod' && arg.startsWith('open.')) || (verb === 'period' && arg.startsWith('yes.')),
  accepted: ({ verb, arg }) => verb === 'accept' || (verb === 'acceptAll' && arg !== ''),
  nudged: ({ verb, arg }) => verb === 'nudge' && arg.startsWith('s.'),
  returned: ({ verb, arg }) => verb === 'sendBack' && /^\d+\.(?:\d+|asis)$/.test(arg),
  person_forgotten: ({ verb, arg }) => (verb === 'leave' || verb === 'person') && arg === 'yes',
  reopened: ({ verb, arg }) => verb === 'unlock' && arg !== 'no',
  submitted: ({ verb }) => verb === 'sign' || verb === 'approve',
  approval_asked: ({ verb }) => verb === 'sign',
};
/** Where words make it: a reason, a name signed. */
const WORDS: Partial<Record<Change['type'], readonly string[]>> = {
  returned: ['return', 'decide'],
  reopened: ['reason'],
  submitted: ['submit'],
  approval_asked: ['submit'],
};

/** True when nothing else than its own button or words has made it. */
function isMeant(change: Change, { event, meant, known }: Taken): boolean {
  const { waiting } = known.session ?? {};
  if (change.type === 'unit_set')
    return event.type === 'fetched' && waiting?.flow === 'units' && event.apply === waiting.digest;
  const decides = DECIDED[change.type];
  if (!decides) return true;
  if (change.type === 'person_forgotten' && event.type === 'forget') return true;
  if (meant.type === 'text') {
    // A stray mark is no reason and signs nothing.
    const isStray = (meant.text.match(/\p{L}{2,}/gu) ?? []).length < 2;
    return !isStray && (WORDS[change.type]?.includes(waiting?.flow ?? '') ?? false);
  }
  const press = meant.type === 'button' ? readAction(meant.action) : undefined;
  return press !== undefined && decides(press);
}

/** What cannot be taken back is never typed as a bare number or letter: only with the message's own number, or in words. */
function typedFaults({ event, meant, changes }: Taken): string[] {
  if (event.type !== 'text' || meant.type !== 'button') return [];
  const decided = changes.filter(({ type }) => DECIDED[type]);
  const isOwn =
    /^[a-z]{1,2}\d{1,2}$/i.test(event.text.trim()) || /[a-z].*[a-z].*[a-z]/.test(fold(event.text));
  return decided.length === 0 || isOwn ? [] : [`“${event.text}” has decided ${decided[0]?.type}`];
}

/** A file is read again to be applied only after the tap that says so. */
function errandFaults({ said, meant, event, changes }: Taken): string[] {
  const press = meant.type === 'button' ? readAction(meant.action) : undefined;
  const isTap =
    (press?.verb === 'units' && press.arg.startsWith('apply.')) ||
    (press?.verb === 'sheet' && /^(gaps|all)\./.test(press.arg));
  const isUnasked = event.type === 'fetched' && event.apply === undefined && changes.length > 0;
  const applies = said.some(({ message }) => message.fetch?.apply !== undefined);
  return (applies && !isTap) || isUnasked ? ['a file is applied although nobody said so'] : [];
}

const WRITES: ReadonlySet<Change['type']> = new Set([
  ...(['answer_set', 'answer_cleared', 'note_set', 'explained', 'overridden'] as const),
]);

/** What was sent stays as it was sent, and what was taken in is what was sent last. */
async function lockFaults({ world }: Walk, { changes, known }: Taken): Promise<string[]> {
  const touched = [...new Set(changes.flatMap((each) => ('report' in each ? [each.report] : [])))];
  const all = await Promise.all(touched.map((id) => world.storage.report(id)));
  return touched.flatMap((id, n) => {
    const was = known.reports.find((each) => each.id === id)?.status ?? 'notStarted';
    const isLocked = was === 'accepted' || was === 'submitted' || was === 'awaiting';
    const wrote = changes.some((each) => 'report' in each && each.report === id && WRITES.has(each.type));
    const now = all[n];
    const last = now?.submissions.at(-1);
    const isOther = now?.status === 'accepted' && !isDeepStrictEqual(now.answers, last?.answers);
    return [
      ...(isLocked && wrote ? [`${id} was written while ${was}`] : []),
      ...(isOther ? [`${id} was taken in otherwise than it was sent`] : []),
    ];
  });
}

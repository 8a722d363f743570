// /moi: an invitation for one person into a unit, from a coordinator or for the own unit from its leader.
import { isValidOn } from '../../src/domain/choosable.ts';
import { localTime } from '../../src/domain/clock.ts';
import type { Role, Unit } from '../../src/domain/people.ts';
import { clean, fold } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { privacyRefused } from '../../src/text/fill.ts';
import { INVITING } from '../../src/text/invite.ts';
import { COMMAND } from '../../src/text/menu.ts';
import { UNIT_LIST } from '../../src/text/unit-list.ts';
import { button } from '../actions.ts';
import type { Facts, Outcome, Turn } from '../flow.ts';
import { stale } from '../stale.ts';
import { askAll, inviteAll } from './invite-all.ts';
import { isBelow, ownUnitByRef, ownUnits, unitsFor } from './own-units.ts';

const LASTS = 7 * 86_400_000;
const LONGEST_NAME = 100;
const MOST_NAMED = 10;

/** How roles are typed, without diacritics; longer ways first. */
const ROLES: readonly (readonly [string, Role])[] = [
  ['can bo nhap so lieu', 'officer'],
  ['dau moi tong hop', 'coordinator'],
  ['lanh dao don vi', 'leader'],
  ['nguoi xem', 'viewer'],
  ['lanh dao', 'leader'],
  ['dau moi', 'coordinator'],
  ['can bo', 'officer'],
];

type Asked = { readonly before: string; readonly role?: Role; readonly name: string };

/** `/moi <unit> [role] [name]`, `/moi tatca`; a leader's `/moi cán bộ <name>` is about the own unit. */
export function inviteCommand(typed: string, turn: Turn): Outcome {
  const { facts } = turn;
  const words = clean(typed).replace(/[\s,;]+/g, ' ');
  const fault = privacyFault(words);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  const asked = readAsked(words);
  switch (facts.person?.role) {
    case 'leader':
      return fromLeader(asked, turn);
    case 'coordinator':
      return fromCoordinator(words, asked, turn);
    default:
      return { say: [{ text: [COMMAND.coordinatorOnly] }] };
  }
}

/** The words before the role and the name behind it; without a role everything stands before. */
function readAsked(words: string): Asked {
  const parts = words.split(' ').filter((part) => part !== '');
  for (let at = 0; at < parts.length; at++) {
    for (const [way, role] of ROLES) {
      const length = way.split(' ').length;
      if (fold(parts.slice(at, at + length).join(' ')) !== way) continue;
      return { before: parts.slice(0, at).join(' '), role, name: parts.slice(at + length).join(' ') };
    }
  }
  return { before: parts.join(' '), name: '' };
}

function fromLeader({ before, role, name }: Asked, turn: Turn): Outcome {
  const { facts } = turn;
  const unit = facts.units.find(({ id }) => id === facts.person?.unit);
  if (!unit || (before === '' && role === undefined)) return { say: [{ text: [INVITING.leaderUsage] }] };
  if (role !== undefined && role !== 'officer') return { say: [{ text: [INVITING.leaderOnly] }] };
  // Words before the role name a unit, and only the own one may be meant.
  if (role !== undefined && before !== '' && !unitsFor(before, [unit]).includes(unit))
    return { say: [{ text: [INVITING.leaderOnly] }] };
  return inviteOne(unit, 'officer', role === undefined ? before : name, turn);
}

function fromCoordinator(words: string, asked: Asked, turn: Turn): Outcome {
  const { facts } = turn;
  if (words === '') return { say: [{ text: INVITING.usage }] };
  if (/^(?:tat ca|tatca|het)(?: don vi)?$/.test(fold(words))) return askAll(facts);
  const { before, role = 'officer', name } = asked.role ? asked : split(asked.before, ownUnits(facts));
  const own = ownUnits(facts);
  const found = before === '' ? own.filter(({ id }) => id === facts.person?.unit) : unitsFor(before, own);
  const only = found.length === 1 ? found[0] : undefined;
  if (only) return inviteOne(only, role, name, turn);
  if (found.length === 0) return { say: [{ text: [INVITING.notFound(before)] }] };
  return { say: [severalMessage(found, before, role, name)] };
}

/** Without a role, the longest beginning that names exactly one unit is the unit, and the rest a name. */
function split(words: string, own: readonly Unit[]): Asked {
  if (unitsFor(words, own).length > 0) return { before: words, name: '' };
  const parts = words.split(' ');
  for (let length = parts.length - 1; length > 0; length--) {
    const before = parts.slice(0, length).join(' ');
    if (unitsFor(before, own).length === 1) return { before, name: parts.slice(length).join(' ') };
  }
  return { before: words, name: '' };
}

function severalMessage(found: readonly Unit[], words: string, role: Role, name: string) {
  const shown = found.slice(0, MOST_NAMED);
  const [first] = found;
  if (name !== '' || !first) {
    const typedRole = ROLES.findLast(([, each]) => each === role)?.[0] ?? '';
    const example = `/moi ${first?.id ?? ''} ${typedRole} ${name}`;
    return { text: INVITING.severalNamed(shown, found.length - shown.length, example) };
  }
  return {
    text: [INVITING.several(words, found.length)],
    buttons: shown.map((unit) => [button(UNIT_LIST.choose(unit), 'invite', '', unit.id, role)]),
    marks: 'number' as const,
  };
}

const isRole = (text: string): text is Role => ROLES.some(([, role]) => role === text);

/** The buttons: a role for the unit that the button names, or a whole list of units. */
export function inviteButton(campaign: string | undefined, arg: string, turn: Turn, row: string): Outcome {
  const { facts } = turn;
  if (row === '') return inviteAll(facts, campaign, arg);
  const unit = ownUnitByRef(facts, row);
  return unit && isRole(arg) ? inviteOne(unit, arg, '', turn) : stale;
}

/** Who oversees others is let in only at or below the inviter's own unit. */
const mayInvite = (facts: Facts, unit: Unit, role: Role): boolean =>
  role === 'officer' || role === 'leader' || isBelow(facts, unit.id);

function inviteOne(unit: Unit, role: Role, name: string, { facts }: Turn): Outcome {
  const { now, timezone, fresh } = facts;
  if (name.length > LONGEST_NAME) return { say: [{ text: [INVITING.longName] }] };
  if (!mayInvite(facts, unit, role)) return { say: [{ text: [INVITING.onlyBelow] }] };
  if (!isValidOn(unit, localTime(now, timezone).day)) return { say: [{ text: [INVITING.ended(unit.name)] }] };
  const expiresAt = new Date(Date.parse(now) + LASTS).toISOString();
  return {
    say: [
      { text: INVITING.made(role, unit, name, expiresAt, timezone) },
      { text: INVITING.letter(role, unit, name, fresh, facts.links(fresh)), apart: true },
    ],
    changes: [
      {
        type: 'invitation_set',
        invitation: { id: facts.digest(fresh), unit: unit.id, role, name, createdAt: now, expiresAt },
      },
    ],
  };
}

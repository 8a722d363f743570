// /donvi: the units that one looks after, page by page, and one of them with what can be done there.
import { isValidOn } from '../../src/domain/choosable.ts';
import { localTime } from '../../src/domain/clock.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { invitationFault, type Unit } from '../../src/domain/people.ts';
import { clean, fold } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { bold, lines } from '../../src/text/common.ts';
import { privacyRefused } from '../../src/text/fill.ts';
import { COMMAND } from '../../src/text/menu.ts';
import { UNIT_LIST } from '../../src/text/unit-list.ts';
import { button, commandButton } from '../actions.ts';
import type { Facts, Outcome, Turn } from '../flow.ts';
import { staleMessage } from '../stale.ts';
import { ownUnitByRef, ownUnits, unitsFor } from './own-units.ts';
import { decideList } from './units-file.ts';

const PAGE = 8;
/** With everything else a button carries, an action stays below 64 bytes. */
const LONGEST_FILTER = 40;

/** `/donvi` and `/donvi <words>`. */
export function unitsCommand(typed: string, { facts }: Turn): Outcome {
  const fault = privacyFault(typed);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  const words = clean(typed);
  const found = words === '' ? ownUnits(facts) : unitsFor(words, ownUnits(facts));
  const only = words !== '' && found.length === 1 ? found[0] : undefined;
  return { say: [only ? unitMessage(facts, only) : listMessage(facts, words, 0)] };
}

/** The buttons of the list, of a unit, and of a file that was sent. */
export function unitsButton(arg: string, turn: Turn, row: string): Outcome {
  const { facts } = turn;
  const [what = '', which = '', ...rest] = arg.split('.');
  if (what === 'list') return { say: [listMessage(facts, rest.join('.'), Number(which) || 0)] };
  if (what === 'unit') {
    const unit = ownUnitByRef(facts, row);
    return { say: [unit ? unitMessage(facts, unit) : staleMessage] };
  }
  return facts.person?.role === 'coordinator'
    ? decideList(what, which, turn)
    : { say: [{ text: [COMMAND.coordinatorOnly] }] };
}

function listMessage(facts: Facts, words: string, page: number): Message {
  const own = ownUnits(facts);
  if (own.length === 0) return { text: [UNIT_LIST.none] };
  const found = [...(words === '' ? own : unitsFor(words, own))].sort((a, b) =>
    a.name.localeCompare(b.name, 'vi', { numeric: true }),
  );
  if (found.length === 0) return { text: [UNIT_LIST.notFound(words)] };
  const pages = Math.ceil(found.length / PAGE);
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = found.slice(at * PAGE, (at + 1) * PAGE);
  const filter = fold(words)
    .replace(/[^a-z0-9._ -]+/g, ' ')
    .slice(0, LONGEST_FILTER);
  const turnTo = (label: string, to: number) => button(label, 'units', '', '', `list.${to}.${filter}`);
  const pager = [
    ...(at > 0 ? [turnTo(UNIT_LIST.before, at - 1)] : []),
    ...(at < pages - 1 ? [turnTo(UNIT_LIST.after, at + 1)] : []),
  ];
  const mayInvite = facts.person?.role === 'coordinator';
  return {
    text: lines(
      [bold(UNIT_LIST.head(found.length, words)), pages > 1 ? `, ${UNIT_LIST.page(at + 1, pages)}` : ''],
      ...shown.map((unit) => UNIT_LIST.line(unit, stateOf(facts, unit))),
      mayInvite ? UNIT_LIST.hint : undefined,
    ),
    buttons: [
      ...shown.map((unit) => [button(UNIT_LIST.choose(unit), 'units', '', unit.id, 'unit')]),
      ...(pager.length > 0 ? [pager] : []),
      ...(mayInvite ? [[commandButton(UNIT_LIST.inviteAll, '/moi tatca')]] : []),
    ],
    marks: 'number',
  };
}

function stateOf(facts: Facts, unit: Unit): string {
  const joined = facts.people.filter((each) => each.unit === unit.id && each.leftAt === undefined);
  const invited = facts.invitations.filter(
    (each) => each.unit === unit.id && invitationFault(each, facts.now) === undefined,
  );
  const today = localTime(facts.now, facts.timezone).day;
  return UNIT_LIST.state(joined.length, invited.length, !isValidOn(unit, today));
}

/** One unit: what is stored about it, and for a coordinator whom to invite and who is there. */
function unitMessage(facts: Facts, unit: Unit): Message {
  const parent = facts.units.find(({ id }) => id === unit.parent);
  const text = lines(
    [bold(unit.name)],
    ...UNIT_LIST.details(unit, parent),
    UNIT_LIST.people(stateOf(facts, unit)),
  );
  if (facts.person?.role !== 'coordinator') return { text };
  return {
    text,
    buttons: [
      [
        button(UNIT_LIST.inviteOfficer, 'invite', '', unit.id, 'officer'),
        button(UNIT_LIST.inviteLeader, 'invite', '', unit.id, 'leader'),
      ],
      [button(UNIT_LIST.peopleOf, 'person', '', unit.id, 'of')],
    ],
    marks: 'coded',
  };
}

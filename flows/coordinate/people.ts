// /nguoi: the people of a unit, taking one of them out, and taking an unused invitation back.
import type { Message } from '../../src/domain/conversation.ts';
import { shortHash } from '../../src/domain/hash.ts';
import {
  type Invitation,
  invitationFault,
  isOverseer,
  type Person,
  type Unit,
} from '../../src/domain/people.ts';
import { clean } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { lines } from '../../src/text/common.ts';
import { privacyRefused } from '../../src/text/fill.ts';
import { PEOPLE } from '../../src/text/people.ts';
import { UNIT_LIST } from '../../src/text/unit-list.ts';
import { button, inWords } from '../actions.ts';
import type { At, Facts, Flow, Outcome, Turn } from '../flow.ts';
import { stale } from '../stale.ts';
import { isBelow, ownUnitByRef, ownUnits, unitsFor } from './own-units.ts';

const MOST = 12;
const home = { flow: 'coordinate', page: 0 } as const;

export const people: Flow<'people'> = {
  prompt: (waiting, facts) => [question(waiting, facts)],
  answer: (waiting, _input, turn) => ({ say: [question(waiting, turn.facts)] }),
};

/** No mark may stand for it: it cannot be taken back. */
function question({ person: id }: At<'people'>, facts: Facts): Message {
  const person = theirs(facts).find((each) => each.id === id);
  if (!person) return { text: [PEOPLE.gone] };
  return {
    text: PEOPLE.ask(person, unitOf(facts, person.unit)),
    buttons: [
      [
        button(PEOPLE.keep, 'person', '', person.id, 'no'),
        inWords(button(PEOPLE.confirm, 'person', '', person.id, 'yes')),
      ],
    ],
  };
}

const unitOf = (facts: Facts, id: string): Unit | undefined => facts.units.find((each) => each.id === id);

/** Whom this coordinator may take out: whoever acts for the own units, and other overseers only at or below the own unit. */
function theirs(facts: Facts): readonly Person[] {
  const own = new Set(ownUnits(facts).map(({ id }) => id));
  return facts.people.filter(
    (each) =>
      each.leftAt === undefined &&
      own.has(each.unit) &&
      (!isOverseer(each.role) || isBelow(facts, each.unit)),
  );
}

/** `/nguoi <unit>`; without words the own unit. */
export function peopleCommand(typed: string, { facts }: Turn): Outcome {
  const fault = privacyFault(typed);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  const words = clean(typed);
  const own = ownUnits(facts);
  const found = words === '' ? own.filter(({ id }) => id === facts.person?.unit) : unitsFor(words, own);
  const only = found.length === 1 ? found[0] : undefined;
  if (only) {
    const message = peopleMessage(facts, only);
    return { say: [words === '' ? { ...message, text: lines(message.text, PEOPLE.usage) } : message] };
  }
  if (found.length === 0) return { say: [{ text: [UNIT_LIST.notFound(words)] }] };
  return {
    say: [
      {
        text: [PEOPLE.several(words, found.length)],
        buttons: found
          .slice(0, MOST)
          .map((unit) => [button(UNIT_LIST.choose(unit), 'person', '', unit.id, 'of')]),
        marks: 'number',
      },
    ],
  };
}

function peopleMessage(facts: Facts, unit: Unit): Message {
  const { timezone, now, person: self } = facts;
  const all = theirs(facts).filter((each) => each.unit === unit.id);
  const shown = all.slice(0, MOST);
  const open = facts.invitations
    .filter((each) => each.unit === unit.id && invitationFault(each, now) === undefined)
    .slice(0, MOST);
  return {
    text: lines(
      PEOPLE.head(unit),
      ...(all.length === 0 ? [PEOPLE.none] : shown.map((each) => PEOPLE.line(each, timezone))),
      all.length > shown.length ? PEOPLE.more(all.length - shown.length) : undefined,
      ...(open.length > 0 ? [PEOPLE.invited, ...open.map((each) => PEOPLE.invitation(each, timezone))] : []),
    ),
    buttons: [
      ...shown
        .filter(({ id }) => id !== self?.id)
        .map((each) => [button(PEOPLE.remove(each), 'person', '', each.id, 'leave')]),
      ...open.map((each) => [
        button(PEOPLE.revoke(each, each.id.slice(0, 4)), 'person', '', each.id, 'revoke'),
      ]),
    ],
    marks: 'coded',
  };
}

/** The buttons; `row` is the short hash of a unit, a person or an invitation. */
export function personButton(arg: string, turn: Turn, row: string): Outcome {
  const { facts } = turn;
  if (arg === 'of') {
    const unit = ownUnitByRef(facts, row);
    return unit ? { say: [peopleMessage(facts, unit)] } : stale;
  }
  if (arg === 'revoke') return revoked(facts, row);
  const person = theirs(facts).find(({ id }) => shortHash(id) === row);
  if (!person) return { say: [{ text: [PEOPLE.gone] }] };
  if (person.id === facts.person?.id) return { say: [{ text: [PEOPLE.notYourself] }] };
  if (arg === 'no') return { say: [{ text: [PEOPLE.kept] }], go: home, quiet: true };
  const { waiting } = turn.session;
  const isAsked = waiting.flow === 'people' && waiting.person === person.id;
  return arg === 'yes' && isAsked ? removed(facts, person) : { go: { flow: 'people', person: person.id } };
}

/** Their chats are told last of all: what was said there before goes with them, this one line does not. */
function removed(facts: Facts, person: Person): Outcome {
  const unit = unitOf(facts, person.unit);
  return {
    say: [{ text: [PEOPLE.removed(person, unit)] }],
    changes: [{ type: 'person_forgotten', person: person.id, at: facts.now }],
    tell: person.conversations
      .filter((each) => !person.unreachable.includes(each))
      .map((conversation) => ({ conversation, message: { text: [PEOPLE.tell(unit)] } })),
    go: home,
    quiet: true,
  };
}

function revoked(facts: Facts, row: string): Outcome {
  const own = new Set(ownUnits(facts).map(({ id }) => id));
  const isTheirs = ({ unit, role }: Invitation): boolean =>
    own.has(unit) && (!isOverseer(role) || isBelow(facts, unit));
  const invitation = facts.invitations.find((each) => shortHash(each.id) === row && isTheirs(each));
  if (!invitation || invitationFault(invitation, facts.now) !== undefined)
    return { say: [{ text: [PEOPLE.notThere] }] };
  return {
    say: [{ text: [PEOPLE.revoked] }],
    changes: [{ type: 'invitation_set', invitation: { ...invitation, revokedAt: facts.now } }],
  };
}

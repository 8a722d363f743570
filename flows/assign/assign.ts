// "/giao": an officer gives a part of the report to a colleague; the name is asked unless it was typed at once.

import { countsIn } from '../../src/domain/assignment.ts';
import type { Message } from '../../src/domain/conversation.ts';
import type { Person } from '../../src/domain/people.ts';
import { isEditable } from '../../src/domain/report.ts';
import { clean, fold } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { ASK_FOR } from '../../src/text/ask-for.ts';
import { ASSIGN, partWords } from '../../src/text/assign.ts';
import { privacyRefused } from '../../src/text/fill.ts';
import { ROLE } from '../../src/text/person.ts';
import { button } from '../actions.ts';
import { backTo, placeOf } from '../aside.ts';
import { type At, type Facts, type Flow, type Opened, type Outcome, openReport, type Turn } from '../flow.ts';
import { lockedMessage } from '../menu.ts';
import { stale, staleMessage } from '../stale.ts';
import { giveByCode, holderIn, overlapping } from './give.ts';
import { listMessage, partButtons, takeBackButton } from './list.ts';
import { colleaguesIn, meantBy } from './meant.ts';
import { readNamed } from './named.ts';

const LONGEST_NAME = 60;
type Waiting = At<'assign'>;

export const assign: Flow<'assign'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    if (!opened) return [staleMessage];
    return isEditable(opened.report) ? [askMessage(facts, opened, waiting)] : [lockedMessage(opened)];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    if (!opened || turn.facts.person?.role !== 'officer' || input.type !== 'text')
      return { ...stale, ...backTo(waiting.back, turn) };
    if (!isEditable(opened.report))
      return { say: [lockedMessage(opened)], go: { flow: 'menu' }, quiet: true };
    return named(opened, waiting, input.text, turn);
  },
};

const notNow = ({ report }: Opened) => [button(ASSIGN.notNow, 'assign', report.id, '', 'no')];

/** Asks for the name; before that, when somebody has some of it already, whether it is meant all the same. */
function askMessage(facts: Facts, opened: Opened, { rows, again }: Waiting): Message {
  const { template, report } = opened;
  const [taken] = again ? [] : overlapping(opened, rows);
  if (!taken) return whoMessage(facts, opened, rows);
  return {
    text: ASSIGN.overlap(template, taken.rows, holderIn(facts, taken), countsIn(template, report, taken)),
    buttons: [
      [takeBackButton(template, report.id, taken)],
      [button(ASSIGN.again, 'assign', report.id, '', 'again')],
      notNow(opened),
    ],
  };
}

/** Asks for the name; whom the figures are waited for is proposed. */
function whoMessage(facts: Facts, opened: Opened, rows: readonly string[]): Message {
  const { template, report } = opened;
  const { total } = countsIn(template, report, { rows });
  const { name, colleagues } = meantBy(facts, opened, rows);
  if (colleagues.length > 0)
    return {
      text: ASK_FOR.meant(template, rows, total, colleagues),
      buttons: [...colleagues.map((each) => giveToButton(opened, each)), notNow(opened)],
    };
  const byCode = name === undefined ? [] : [[button(ASK_FOR.byCode(name), 'assign', report.id, '', 'meant')]];
  return { text: ASSIGN.askName(template, rows, total), buttons: [...byCode, notNow(opened)] };
}

const giveToButton = ({ report }: Opened, person: Person) => [
  button(ASSIGN.giveTo(person, ROLE[person.role]), 'assign', report.id, person.id, 'to'),
];

/** The command: without words what is given; headings, and perhaps a name behind them. */
export function assignCommand(opened: Opened, words: string, turn: Turn): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  if (words === '') return { say: [listMessage(turn.facts, opened)] };
  const fault = privacyFault(words);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  const read = readNamed(opened.template, words);
  if ('unknown' in read) {
    const { template } = opened;
    const known = read.known.map(({ id }) => partWords(template, [id])).join('; ');
    const text = ASSIGN.unknown(read.unknown, read.isSeveral, known);
    return { say: [{ text, buttons: partButtons(opened), marks: 'coded' }] };
  }
  const waiting = begin(
    opened,
    read.rows.map(({ id }) => id),
    turn,
  );
  return read.name === undefined ? { go: waiting } : named(opened, waiting, read.name, turn);
}

/** Where the name of whoever gets these rows is waited for. */
export function begin({ report }: Opened, rows: readonly string[], { session: { waiting } }: Turn): Waiting {
  const back = waiting.flow === 'assign' ? waiting.back : placeOf(waiting);
  return { flow: 'assign', report: report.id, rows, ...(back && { back }) };
}

/** The name is known: given, unless somebody has it already or a colleague here is called so. */
export function named(opened: Opened, waiting: Waiting, typed: string, turn: Turn): Outcome {
  const { name: _, ...asked } = waiting;
  const { rows, again, back } = asked;
  const name = clean(typed).replace(/\s+/g, ' ').trim();
  const fault = privacyFault(name);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }], go: waiting };
  if (!/^\p{L}[\p{L}\p{M} .'’-]*\p{L}$/u.test(name) || name.length > LONGEST_NAME)
    return { say: [{ text: [ASSIGN.badName] }], go: waiting, quiet: true };
  if (!again && overlapping(opened, rows).length > 0) return { go: { ...waiting, name } };
  const colleagues = colleaguesIn(turn.facts, opened).filter((each) => fold(each.name) === fold(name));
  if (colleagues.length === 0) return giveByCode(opened, rows, name, back, turn);
  return { say: [colleagueMessage(opened, colleagues)], go: waiting, quiet: true };
}

function colleagueMessage(opened: Opened, colleagues: readonly Person[]): Message {
  const { report, unit } = opened;
  const [first] = colleagues;
  return {
    text: ASSIGN.colleague(first?.name ?? '', unit),
    buttons: [
      ...colleagues.map((each) => giveToButton(opened, each)),
      ...(first ? [[button(ASSIGN.other, 'assign', report.id, first.id, 'new')]] : []),
      notNow(opened),
    ],
  };
}

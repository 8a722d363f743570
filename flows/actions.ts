// Buttons: what stands in their payload (at most 64 bytes) and how it is read back. Rows and reports go by their short hash.
import type { Button } from '../src/domain/conversation.ts';
import { shortHash } from '../src/domain/hash.ts';

/**
 * The verbs of buttons, one or two letters each to save room (carry, giữ nguyên kỳ trước, and nothing, không phát sinh, for many at
 * once, of a heading or an indicator):
 * computed (take what follows from other figures); screen (so many values typed at once, each for its row);
 * choose a code, blank, notApplicable, pending, skip, keep; take a reading of a doubt, verbatim, asNote; goTo an indicator,
 * moveNote (from current to another row); open, section, review, file; explain, confirmed; submit, sign, blankRest, withdraw, amend;
 * accept, giveBack, override, askOverride; join another device, leave; sheet (what a filled table would write);
 * assign (a part of the report to a colleague, of which `row` is the part, the person or the assignment).
 * The coordinator's side: ask (Hỏi lại) and the unit's reply; point (an indicator to be returned), sendBack; the unit's askUnlock,
 * unlock, keepLocked; keepPoint (the returned value is right); the leader's approve and decline; history, pictures. On a campaign,
 * whose short hash then stands for the report: board, acceptAll, nudge, period, openPeriod, consolidated; units, invite, person.
 */
export const VERBS = {
  choose: 'c',
  blank: 'b',
  notApplicable: 'n',
  pending: 'p',
  skip: 'k',
  keep: 'h',
  take: 't',
  verbatim: 'v',
  asNote: 'o',
  goTo: 'g',
  moveNote: 'm',
  open: 'r',
  section: 's',
  review: 'x',
  file: 'f',
  explain: 'e',
  confirmed: 'z',
  submit: 'u',
  sign: 'y',
  blankRest: 'l',
  withdraw: 'w',
  amend: 'a',
  accept: 'A',
  giveBack: 'T',
  override: 'O',
  askOverride: 'P',
  ask: 'Q',
  reply: 'q',
  point: 'i',
  sendBack: 'j',
  askUnlock: 'd',
  unlock: 'U',
  keepLocked: 'W',
  keepPoint: 'J',
  approve: 'V',
  decline: 'X',
  history: 'H',
  pictures: 'Y',
  board: 'B',
  acceptAll: 'C',
  nudge: 'N',
  period: 'K',
  openPeriod: 'M',
  consolidated: 'G',
  units: 'I',
  invite: 'E',
  person: 'R',
  device: 'D',
  leave: 'L',
  sheet: 'sh',
  computed: 'ct',
  carry: 'ca',
  nothing: 'np',
  paste: 'pa',
  screen: 'sc',
  assign: 'gi',
} as const;
export type Verb = keyof typeof VERBS;

const NAMES = new Map<string, Verb>(Object.entries(VERBS).map(([name, letter]) => [letter, name as Verb]));

/** A button as decoded from its action; report and row by their short hash. */
export type Press = {
  readonly verb: Verb;
  readonly report: string;
  readonly row: string;
  readonly arg: string;
};

/** A button; `report` and `row` are ids, `arg` a short word. */
export function button(label: string, verb: Verb, report = '', row = '', arg: string | number = ''): Button {
  const action = [VERBS[verb], report && shortHash(report), row && shortHash(row), arg].join(':');
  return { label, action };
}

/** A button that can only be typed in its own words where there is no room for it. */
export const inWords = (one: Button): Button => ({ ...one, typed: one.label.toLowerCase() });

/** The button of a command, e.g. "/xemlai". */
export const commandButton = (label: string, command: string): Button => ({ label, action: command });

/** Reads an action back; undefined when it is not one of ours. */
export function readAction(action: string): Press | undefined {
  const [letter = '', report = '', row = '', ...rest] = action.split(':');
  const verb = NAMES.get(letter);
  return verb ? { verb, report, row, arg: rest.join(':') } : undefined;
}

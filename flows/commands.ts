// Commands: words that begin with "/". Nothing else is ever taken for one, and a button may carry one.
import type { Message, Text } from '../src/domain/conversation.ts';
import { fillsIn } from '../src/domain/people.ts';
import { neighbour } from '../src/domain/progress.ts';
import { isSent, type Value } from '../src/domain/report.ts';
import { clean, fold } from '../src/domain/words.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { PART } from '../src/text/assign-part.ts';
import { FILL } from '../src/text/fill.ts';
import { HELP, HELP_COORDINATOR, HELP_HELPER, HELP_LEADER } from '../src/text/help.ts';
import { COMMAND } from '../src/text/menu.ts';
import { ME } from '../src/text/person.ts';
import { button, commandButton } from './actions.ts';
import { recordAnswer } from './answered.ts';
import { assignCommand } from './assign/assign.ts';
import { carryButton, carryHere } from './carry.ts';
import { isOverseerCommand, runOverseerCommand } from './coordinate/commands.ts';
import { history } from './coordinate/history.ts';
import { inviteCommand } from './coordinate/invite.ts';
import { snooze } from './coordinate/remind.ts';
import { editCommand } from './edit.ts';
import { type At, indicatorOf, type Opened, type Outcome, type Turn } from './flow.ts';
import { atQuestion, currentReport, inReport, oversees } from './in-hand.ts';
import { lookCommand } from './look.ts';
import { handFile, listMessage, resume, sectionsMessage } from './menu.ts';
import { aboutMyData } from './my-data.ts';
import { skip } from './navigate.ts';
import { noteFault, noteOnHeading, noteOnIndicator } from './notes.ts';
import { nothingButton, nothingHere } from './nothing-arisen.ts';
import { goOnHere } from './pause.ts';
import { join } from './register.ts';
import { stale } from './stale.ts';
import { toSubmit } from './submit.ts';
import { undo } from './undo.ts';
import { waitFor } from './waiting-for.ts';

type Command = (argument: string, turn: Turn) => Outcome;

/** Every command by the word after the slash. */
const COMMANDS: Readonly<Record<string, Command>> = {
  start: (code, turn) => (code === '' ? start(turn) : join(turn)),
  baocao: (_, turn) => (oversees(turn) ? board() : { say: [listMessage(turn.facts)] }),
  muc: (_, turn) => inReport(turn, (opened) => ({ say: [withMany(sectionsMessage(opened), opened, turn)] })),
  lui: (_, turn) => atQuestion(turn, goBack),
  hoantac: (_, turn) => undo(turn),
  sua: (words, turn) => inReport(turn, (opened) => editCommand(words, opened, turn)),
  boqua: (_, turn) => atQuestion(turn, (opened, waiting) => skip(opened, waiting)),
  trong: (note, turn) => emptyWith({ is: 'blank' }, note, turn),
  cho: (words, turn) => atQuestion(turn, (opened, waiting) => waitFor(opened, waiting, words, turn)),
  khongapdung: (note, turn) => emptyWith({ is: 'notApplicable' }, note, turn),
  giunguyen: (words, turn) => inReport(turn, (opened) => carryHere(opened, words, turn)),
  khongphatsinh: (words, turn) => inReport(turn, (opened) => nothingHere(opened, words, turn)),
  ghichu: (note, turn) =>
    atQuestion(turn, (opened, waiting) => noteOnIndicator(opened, waiting.indicator, note, turn)),
  ghichumuc: (note, turn) =>
    atQuestion(turn, (opened, waiting) => noteOnHeading(opened, waiting.indicator, note)),
  xemlai: (_, turn) =>
    inReport(turn, (opened) => ({ go: { flow: 'review', report: opened.report.id, page: 0 } })),
  nop: (_, turn) => inReport(turn, (opened) => toSubmit(opened, turn)),
  giao: (words, turn) => inReport(turn, (opened) => assignCommand(opened, words, turn)),
  anh: (section, turn) => inReport(turn, (opened) => lookCommand(section, opened, turn)),
  file: (version, turn) => inReport(turn, (opened) => file(opened, version, turn)),
  toi: (words, turn) => (/^du ?lieu/.test(fold(words)) ? aboutMyData(turn) : aboutMe(turn)),
  tieptuc: (_, turn) => goOnHere(turn),
  moi: inviteCommand,
  lichsu: (words, turn) => history(words, turn),
  nhaclai: (words, turn) => snooze(words, turn),
  trogiup: (_, turn) => ({ say: [{ text: helpFor(turn) }] }),
};

/** What everybody may ask; a leader also looks at the unit's own table. The rest writes into a report, which only the unit's officers do. */
const FOR_EVERYBODY: ReadonlySet<string> = new Set([
  ...['start', 'baocao', 'toi', 'trogiup', 'tieptuc', 'moi', 'lichsu'],
]);
/** What is done with the whole report. */
const NOT_FOR_HELPER: ReadonlySet<string> = new Set(['giao', 'moi', 'nhaclai']);
const FOR_LEADER: ReadonlySet<string> = new Set([...FOR_EVERYBODY, 'file', 'anh', 'muc']);

/** Runs "/word rest"; a group-chat suffix "/word@bot" is dropped. An unknown word is answered and changes nothing. */
export function runCommand(text: string, turn: Turn): Outcome {
  const typed = clean(text);
  const { word, argument } = readCommand(typed, turn);
  if (isOverseerCommand(word)) return runOverseerCommand(word, argument, turn);
  const command = COMMANDS[word];
  if (!command) return { say: [{ text: [COMMAND.unknown(privacyFault(typed.slice(1)) ? '' : typed)] }] };
  if (word === 'start') return command(argument, turn);
  if (mayRun(word, turn)) return command(argument, turn);
  const why = turn.facts.person?.role === 'helper' ? PART.officersOnly : COMMAND.officerOnly;
  return { say: [{ text: [why] }] };
}

/**
 * The command's word and what follows it. Typed as people speak, a command has two or three words: "/Xem lại?", "/hoàn tác". Of
 * two that it may be ("/nhắc lại sau 2 giờ") it is the one that this person may give.
 */
function readCommand(typed: string, turn: Turn): { word: string; argument: string } {
  const found = [0, 1, 2].flatMap((more) => {
    const pattern = `^/\\s*([^\\s@;:]+(?: +[^\\s@;:]+){${more}})(?:@\\S+)?(?:[\\s;:]+|$)([\\s\\S]*)$`;
    const match = new RegExp(pattern).exec(typed);
    const word = fold(match?.[1] ?? '').replace(/[^a-z0-9]/g, '');
    const isCommand = Object.hasOwn(COMMANDS, word) || isOverseerCommand(word);
    return match && isCommand ? [{ word, argument: (match[2] ?? '').trim() }] : [];
  });
  const own = found.find(({ word }) => (isOverseerCommand(word) ? oversees(turn) : mayRun(word, turn)));
  return own ?? found[0] ?? { word: '', argument: '' };
}

function mayRun(word: string, { facts: { person } }: Turn): boolean {
  if (person?.role === 'officer') return true;
  if (person?.role === 'helper') return !NOT_FOR_HELPER.has(word);
  return (person?.role === 'leader' ? FOR_LEADER : FOR_EVERYBODY).has(word);
}

/** Under the sections, what an officer may answer for many indicators at once. */
function withMany(message: Message, opened: Opened, { facts }: Turn): Message {
  if (!fillsIn(facts.person)) return message;
  const offers = [carryButton(facts, opened), nothingButton(opened)].filter((row) => row.length > 0);
  return { ...message, buttons: [...(message.buttons ?? []), ...offers] };
}

const helpFor = (turn: Turn): Text => {
  if (oversees(turn)) return HELP_COORDINATOR;
  const role = turn.facts.person?.role;
  return role === 'leader' ? HELP_LEADER : role === 'helper' ? HELP_HELPER : HELP;
};
const board = (): Outcome => ({ go: { flow: 'coordinate', page: 0 } });

/** A version by its number; without one what was sent and is locked now, or the draft. */
function file(opened: Opened, version: string, turn: Turn): Outcome {
  const { report } = opened;
  const now = isSent(report) ? report.submissions.length : undefined;
  return handFile(opened, /^\d{1,6}$/.test(version) ? Number(version) : now, turn);
}

function start(turn: Turn): Outcome {
  if (oversees(turn)) return board();
  const current = currentReport(turn);
  return current ? resume(turn.facts, current) : { say: [listMessage(turn.facts)], go: { flow: 'menu' } };
}

/** The previous indicator, with the way back to the one that was being asked. */
function goBack(opened: Opened, waiting: At<'fill'>): Outcome {
  const before = neighbour(opened.template, waiting.indicator, -1);
  if (!before) return { say: [{ text: [FILL.first] }] };
  return {
    go: {
      flow: 'fill',
      report: opened.report.id,
      indicator: before.id,
      back: waiting.back ?? waiting.indicator,
    },
  };
}

function emptyWith(value: Value, note: string, turn: Turn): Outcome {
  return atQuestion(turn, (opened, waiting) => {
    const indicator = indicatorOf(opened.template, waiting.indicator);
    if (!indicator) return stale;
    const words = note.replace(/^[;–—-]\s*/, '');
    const fault = noteFault(words);
    if (fault !== undefined) return { say: [{ text: [fault] }] };
    return recordAnswer(opened, indicator, words === '' ? { value } : { value, note: words }, turn);
  });
}

function aboutMe({ facts }: Turn): Outcome {
  const { person } = facts;
  if (!person) return {};
  const unit = facts.units.find((each) => each.id === person.unit);
  return {
    say: [
      {
        text: ME.who(person, unit),
        buttons: [
          [button(ME.device, 'device'), commandButton(ME.data, '/toi dulieu')],
          [button(ME.leave, 'leave')],
        ],
      },
    ],
  };
}

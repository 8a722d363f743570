// "Trả lại": the coordinator gathers indicators with one line each, or says in words why the whole report goes back.
import type { Change } from '../../src/domain/change.ts';
import type { Message } from '../../src/domain/conversation.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { clean, fold } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { COORDINATE } from '../../src/text/coordinate.ts';
import { FILL, privacyRefused } from '../../src/text/fill.ts';
import { RETURN } from '../../src/text/return.ts';
import { button } from '../actions.ts';
import { type Flow, indicatorOf, type Opened, type Outcome, openReport, type Turn } from '../flow.ts';
import { stamp } from '../record.ts';
import { returnedMessage } from '../returned.ts';
import { stale } from '../stale.ts';
import { isOwnVersion, tellOfficers } from './receive.ts';
import { type Gathering, taken, withKept } from './return-gather.ts';
import { candidates, partsOf, type ReturnLine, readLines } from './return-lines.ts';
import { gathering } from './return-message.ts';

const home = { flow: 'coordinate', page: 0 } as const;

export const giveBackFlow: Flow<'return'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    return [
      opened && isOwnVersion(opened, String(waiting.version))
        ? gathering(waiting, opened)
        : { text: opened ? [COORDINATE.notSent(opened.unit)] : [FILL.staleButton] },
    ];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    if (!opened || input.type !== 'text' || turn.facts.person?.role !== 'coordinator')
      return { ...stale, go: home };
    if (!isOwnVersion(opened, String(waiting.version)))
      return { say: [{ text: [COORDINATE.notSent(opened.unit)] }], go: home };
    const typed = clean(input.text);
    if (typed === '') return { say: [gathering(waiting, opened)] };
    const fault = privacyFault(typed);
    if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
    return fold(typed) === fold(RETURN.sendWords)
      ? send(waiting, opened, turn)
      : read(waiting, opened, typed, turn);
  },
};

/** Begins giving back the version that was looked at, or goes on where it was left. */
export function giveBack(opened: Opened, version: string, turn: Turn): Outcome {
  const { report, unit } = opened;
  if (version === 'fix') return { go: { flow: 'decide', report: report.id, what: 'refuse' } };
  if (!isOwnVersion(opened, version)) return { say: [{ text: [COORDINATE.notSent(unit)] }] };
  return { go: begun(opened, turn) };
}

/** What was gathered of this very version, else nothing yet. */
function begun({ report }: Opened, { session: { waiting } }: Turn): Gathering {
  const version = report.submissions.length;
  const isHere = waiting.flow === 'return' && waiting.report === report.id && waiting.version === version;
  return isHere ? waiting : { flow: 'return', report: report.id, version, points: [] };
}

/** An indicator is picked (`<version>`), left out again (`.x`), or is the one that a typed line meant (`.k`). */
export function pressPoint(opened: Opened, row: Indicator | undefined, arg: string, turn: Turn): Outcome {
  const [version = '', what = ''] = arg.split('.');
  if (!isOwnVersion(opened, version)) return { say: [{ text: [COORDINATE.notSent(opened.unit)] }] };
  if (!row) return stale;
  const waiting = begun(opened, turn);
  const { at, kept = [], ...rest } = waiting;
  const [line, ...later] = kept;
  if (what === 'x') {
    const points = waiting.points.filter(({ indicator }) => indicator !== row.id);
    return {
      go: { ...withKept({ ...rest, points }, kept), ...(at === undefined || at === row.id ? {} : { at }) },
    };
  }
  if (what !== 'k') return { go: { ...withKept(rest, kept), at: row.id } };
  const text = line === undefined ? undefined : partsOf(line)?.text;
  if (text === undefined) return stale;
  return taken(withKept({ ...rest, ...(at === undefined ? {} : { at }) }, later), opened, [
    { is: 'point', row, text },
  ]);
}

/** Sends (`<version>.<how many>`), or decides about a line whose indicator was not found: as words about the whole, or not at all. */
export function pressSend(opened: Opened, arg: string, turn: Turn): Outcome {
  const [version = '', what = ''] = arg.split('.');
  if (!isOwnVersion(opened, version)) return { say: [{ text: [COORDINATE.notSent(opened.unit)] }] };
  const waiting = begun(opened, turn);
  const [line, ...later] = waiting.kept ?? [];
  if (what === 'drop' || what === 'asis') {
    if (line === undefined) return { go: waiting };
    const { kept: _, ...rest } = waiting;
    const next = withKept(rest, later);
    return what === 'drop' ? { go: next } : whole(next, opened, [line], turn);
  }
  // A list that has grown or shrunk since is shown again instead.
  return String(waiting.points.length) === what ? send(waiting, opened, turn) : { go: waiting };
}

/** Typed words: lines about indicators, the line of the one picked, or words about the whole. */
function read(waiting: Gathering, opened: Opened, typed: string, turn: Turn): Outcome {
  const corrected = correction(waiting, opened, typed);
  if (corrected) return corrected;
  const { at } = waiting;
  const row = at === undefined ? undefined : indicatorOf(opened.template, at);
  const lines = readLines(opened.template, typed, row !== undefined);
  if (row && lines.every(({ is }) => is === 'whole')) {
    const text = typed.replace(/\s+/g, ' ');
    return taken(waiting, opened, [{ is: 'point', row, text }]);
  }
  if (lines.every(({ is }) => is === 'whole')) return whole(waiting, opened, [typed], turn);
  return taken(waiting, opened, lines);
}

/** Another name typed for the line that no indicator was found for. */
function correction(waiting: Gathering, opened: Opened, typed: string): Outcome | undefined {
  const { kept: [line, ...later] = [], ...rest } = waiting;
  const text = line === undefined ? undefined : partsOf(line)?.text;
  if (text === undefined || typed.includes('\n')) return undefined;
  const whole = partsOf(typed);
  // The whole line once more, with another name in front.
  if (whole)
    return fold(whole.text) === fold(text)
      ? taken(withKept(rest, later), opened, readLines(opened.template, typed, false))
      : undefined;
  const found = candidates(opened.template, typed);
  if (found.length === 0) return undefined;
  const again = readLines(opened.template, `${typed}: ${text}`, false);
  return taken(withKept(rest, later), opened, again);
}

/** Words about the whole: with nothing gathered they are the reason, and the report goes back at once. */
function whole(waiting: Gathering, opened: Opened, said: readonly string[], turn: Turn): Outcome {
  const lines = said.map((text): ReturnLine => ({ is: 'whole', text }));
  const { points, at, kept = [] } = waiting;
  const next = taken(waiting, opened, lines);
  const isAlone = points.length === 0 && at === undefined && kept.length === 0;
  return isAlone && next.say.length === 0 ? send(next.go, opened, turn) : next;
}

/** Gives back the version that was looked at, with every point that has its line. */
function send({ points, text = '' }: Gathering, opened: Opened, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  if (points.length === 0 && text === '') return { go: begun(opened, turn) };
  const change: Change = {
    ...{ type: 'returned', report: report.id, explanation: { ...stamp(turn), text } },
    ...(points.length > 0 ? { points } : {}),
  };
  const message: Message =
    points.length > 0
      ? returnedMessage(opened, points, text)
      : {
          text: COORDINATE.tellReturned(template, campaign, text),
          buttons: [[button(COORDINATE.fix, 'open', report.id)]],
        };
  return {
    say: [{ text: [COORDINATE.returned(unit)] }],
    changes: [change],
    tell: tellOfficers(turn.facts, opened, message),
    go: home,
  };
}

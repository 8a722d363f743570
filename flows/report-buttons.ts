// Buttons that concern a whole report: opening, reviewing, sending, taking back, and the coordinator's decisions.

import type { Message } from '../src/domain/conversation.ts';
import { isOverseer } from '../src/domain/people.ts';
import { nextIndicator } from '../src/domain/progress.ts';
import { isEditable } from '../src/domain/report.ts';
import { APPROVE } from '../src/text/approve.ts';
import { COORDINATE } from '../src/text/coordinate.ts';
import { MENU } from '../src/text/menu.ts';
import { EXPLAIN } from '../src/text/submit.ts';
import type { Verb } from './actions.ts';
import { approve, decline, tellLeaders } from './approve.ts';
import { askedHere } from './asked.ts';
import { pressAssign } from './assign/press.ts';
import { pressCarry } from './carry.ts';
import { askUnit, replyTo } from './coordinate/ask.ts';
import { decide } from './coordinate/decide.ts';
import { turnHistory } from './coordinate/history.ts';
import { accept, detailMessage } from './coordinate/receive.ts';
import { giveBack, giveBackFlow, pressPoint, pressSend } from './coordinate/return.ts';
import { confirmFindings, findingByRef } from './explain.ts';
import { indicatorOf, type Opened, type Outcome, rowByRef, type Turn } from './flow.ts';
import { LOOKING, lookMessage } from './look.ts';
import { handFile, lockedMessage, picturesMessage, resume } from './menu.ts';
import { moveNote } from './notes.ts';
import { pressNothing } from './nothing-arisen.ts';
import { coordinators } from './notify.ts';
import { pressPaste } from './paste/paste.ts';
import { decideSheet } from './paste/sheet.ts';
import { giveUp, NOT_NOW, reason } from './reason.ts';
import { stale } from './stale.ts';
import { blankRest, requestOverride, sign, toSubmit } from './submit.ts';
import { askUnlock, keepLocked, unlock } from './unlock.ts';

type OnReport = (opened: Opened, row: string, arg: string, turn: Turn) => Outcome;

/** By verb; `row` is the short hash of a row or finding, `arg` a short word. */
export const ON_REPORT: Partial<Record<Verb, OnReport>> = {
  open: (opened, _row, _arg, turn) =>
    turn.facts.person && isOverseer(turn.facts.person.role)
      ? { say: [detailMessage(turn.facts, opened), ...stillAsked(turn)] }
      : resume(turn.facts, opened),
  section: (opened, row) => toSection(opened, row),
  review: (opened, _row, arg) => ({
    go: { flow: 'review', report: opened.report.id, page: Number(arg) || 0 },
  }),
  file: (opened, _row, arg, turn) => handFile(opened, versionIn(arg), turn),
  history: turnHistory,
  pictures: (opened, row, arg, turn) => ({
    say: [
      arg === LOOKING
        ? lookMessage(turn.facts, opened, rowByRef(opened.template, row))
        : picturesMessage(turn.facts, opened, versionIn(arg)),
    ],
  }),
  explain: (opened, row, _arg, turn) => {
    if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
    const finding = findingByRef(turn.facts, opened, row);
    if (!finding) return { say: [{ text: [EXPLAIN.gone] }] };
    const asked = askedHere(opened, turn);
    const back = asked ? { back: asked.indicator } : {};
    return { go: { flow: 'explain', report: opened.report.id, finding: finding.id, ...back } };
  },
  confirmed: (opened, row, arg, turn) =>
    isEditable(opened.report) ? confirmFindings(opened, row, arg, turn) : { say: [lockedMessage(opened)] },
  submit: (opened, _row, _arg, turn) => toSubmit(opened, turn),
  // A button of an earlier version sends nothing: what it confirmed is not what stands there now.
  sign: (opened, _row, arg, turn) =>
    String(opened.report.submissions.length + 1) === arg || !isEditable(opened.report)
      ? sign(opened, turn)
      : { go: { flow: 'submit', report: opened.report.id } },
  blankRest: (opened, _row, arg, turn) => blankRest(opened, arg, turn),
  withdraw: (opened, _row, _arg, turn) => withdraw(opened, turn),
  amend: (opened, _row, _arg, turn) => amend(opened, turn),
  moveNote: (opened, row, arg, turn) => {
    const found = rowByRef(opened.template, row);
    if (!found) return stale;
    return isEditable(opened.report)
      ? moveNote(opened, found.id, arg, turn)
      : { say: [lockedMessage(opened)] };
  },
  askOverride: (opened, _row, _arg, turn) => requestOverride(opened, turn),
  accept: (opened, _row, arg, turn) => {
    const { waiting } = turn.session;
    const outcome = accept(opened, arg, turn);
    // Nobody is asked any more why a report that was just taken in should go back.
    return (waiting.flow === 'decide' || waiting.flow === 'return') && waiting.report === opened.report.id
      ? { ...outcome, go: { flow: 'coordinate', page: 0 } }
      : { ...outcome, say: [...(outcome.say ?? []), ...stillAsked(turn)] };
  },
  giveBack: (opened, _row, arg, turn) => giveBack(opened, arg, turn),
  point: (opened, row, arg, turn) =>
    pressPoint(opened, indicatorOf(opened.template, rowByRef(opened.template, row)?.id ?? ''), arg, turn),
  sendBack: (opened, _row, arg, turn) => pressSend(opened, arg, turn),
  override: (opened) => ({ go: { flow: 'decide', report: opened.report.id, what: 'override' } }),
  ask: orNot((opened, _arg, turn) => askUnit(opened, turn)),
  reply: orNot(replyTo),
  askUnlock: orNot((opened, _arg, turn) => amend(opened, turn)),
  unlock: orNot(unlock),
  keepLocked: orNot(keepLocked),
  approve: (opened, _row, arg, turn) => approve(opened, arg, turn),
  decline: orNot(decline),
  paste: (opened, row, arg, turn) => pressPaste(opened, rowByRef(opened.template, row), arg, turn),
  sheet: (opened, _row, arg, turn) => decideSheet(opened, arg, turn),
  carry: pressCarry,
  nothing: pressNothing,
  assign: pressAssign,
};

const versionIn = (arg: string): number | undefined => (/^\d{1,6}$/.test(arg) ? Number(arg) : undefined);

/** Begins something for which words are awaited; with NOT_NOW they are not given after all. */
function orNot(begin: (opened: Opened, arg: string, turn: Turn) => Outcome): OnReport {
  return (opened, _row, arg, turn) => (arg === NOT_NOW ? giveUp(turn) : begin(opened, arg, turn));
}

/** A reason that is still waited for is asked again, so that the next words are not taken for it unawares. */
function stillAsked({ session: { waiting }, facts }: Turn): readonly Message[] {
  if (waiting.flow === 'decide') return decide.prompt(waiting, facts);
  if (waiting.flow === 'return') return giveBackFlow.prompt(waiting, facts);
  return waiting.flow === 'reason' ? reason.prompt(waiting, facts) : [];
}

/** Into a section: its first gap, or its first indicator when it is complete. */
function toSection(opened: Opened, ref: string): Outcome {
  const { template, report } = opened;
  if (!isEditable(report)) return { say: [lockedMessage(opened)] };
  const section = rowByRef(template, ref);
  const mine = template.indicators.filter((row) => row.section === section?.id);
  const before = template.indicators[template.indicators.findIndex((row) => row.id === mine[0]?.id) - 1];
  const gap = nextIndicator(
    { template, report, ...(opened.parked && { parked: opened.parked }) },
    before?.id,
  );
  const target = gap && gap.section === section?.id ? gap : mine[0];
  return target ? { go: stayAt(opened, target.id) } : stale;
}

/** Choosing a section means staying there: no way back to the question that was open. */
const stayAt = (opened: Opened, indicator: string) =>
  ({ flow: 'fill', report: opened.report.id, indicator }) as const;

function withdraw(opened: Opened, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  if (report.status === 'accepted') return { say: [{ text: [MENU.tooLate] }, lockedMessage(opened)] };
  if (report.status !== 'submitted' && report.status !== 'awaiting')
    return { say: [{ text: [MENU.notSent] }] };
  const message = { text: [COORDINATE.withdrawn(template, campaign, unit)] };
  return {
    say: [{ text: [MENU.withdrawn] }],
    changes: [{ type: 'withdrawn', report: report.id }],
    // Only those learn of it who had heard of what was signed.
    tell:
      report.status === 'awaiting'
        ? tellLeaders(turn.facts, opened, { text: [APPROVE.withdrawn(template, campaign)] })
        : coordinators(turn.facts, opened).map((conversation) => ({ conversation, message })),
    go: { flow: 'review', report: report.id, page: 0 },
  };
}

/** What was accepted is locked: a correction begins with the unit's reason. */
function amend(opened: Opened, turn: Turn): Outcome {
  const { report } = opened;
  if (isEditable(report)) return { go: { flow: 'review', report: report.id, page: 0 } };
  return report.status === 'accepted' ? askUnlock(opened, turn) : { say: [lockedMessage(opened)] };
}

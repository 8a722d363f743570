// Buttons that concern a whole report: opening, reviewing, sending, taking back, and the coordinator's decisions.
import type { Message } from '../src/domain/conversation.ts';
import { nextIndicator } from '../src/domain/progress.ts';
import { FILL } from '../src/text/fill.ts';
import { MENU } from '../src/text/menu.ts';
import { COORDINATE, EXPLAIN } from '../src/text/submit.ts';
import type { Verb } from './actions.ts';
import { accept, detailMessage, giveBack } from './coordinate.ts';
import { decide } from './decide.ts';
import { confirmFindings, findingByRef } from './explain.ts';
import { isEditable, type Opened, type Outcome, rowByRef, type Turn } from './flow.ts';
import { fileMessage, lockedMessage, resume } from './menu.ts';
import { moveNote } from './notes.ts';
import { coordinators } from './notify.ts';
import { blankRest, requestOverride, sign } from './submit.ts';

const stale: Outcome = { say: [{ text: [FILL.staleButton] }] };

type OnReport = (opened: Opened, row: string, arg: string, turn: Turn) => Outcome;

/** By verb; `row` is the short hash of a row or finding, `arg` a short word. */
export const ON_REPORT: Partial<Record<Verb, OnReport>> = {
  open: (opened, _row, _arg, turn) =>
    turn.facts.person?.role === 'coordinator'
      ? { say: [detailMessage(turn.facts, opened), ...stillAsked(turn)] }
      : resume(turn.facts, opened),
  section: (opened, row) => toSection(opened, row),
  review: (opened, _row, arg) => ({
    go: { flow: 'review', report: opened.report.id, page: Number(arg) || 0 },
  }),
  file: (opened, _row, arg) => ({ say: [fileMessage(opened, /^\d+$/.test(arg) ? Number(arg) : undefined)] }),
  explain: (opened, row, _arg, turn) => {
    if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
    const finding = findingByRef(turn.facts, opened, row);
    if (!finding) return { say: [{ text: [EXPLAIN.gone] }] };
    const { waiting } = turn.session;
    const asked =
      waiting.flow === 'fill' && waiting.report === opened.report.id ? waiting.indicator : undefined;
    const back = asked === undefined ? {} : { back: asked };
    return { go: { flow: 'explain', report: opened.report.id, finding: finding.id, ...back } };
  },
  confirmed: (opened, row, arg, turn) =>
    isEditable(opened.report) ? confirmFindings(opened, row, arg, turn) : { say: [lockedMessage(opened)] },
  submit: (opened) =>
    isEditable(opened.report)
      ? { go: { flow: 'submit', report: opened.report.id } }
      : { say: [lockedMessage(opened)] },
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
    return waiting.flow === 'decide' && waiting.report === opened.report.id
      ? { ...outcome, go: { flow: 'coordinate', page: 0 } }
      : { ...outcome, say: [...(outcome.say ?? []), ...stillAsked(turn)] };
  },
  giveBack: (opened, _row, arg) => giveBack(opened, arg),
  override: (opened) => ({ go: { flow: 'decide', report: opened.report.id, what: 'override' } }),
};

/** A reason that is still waited for is asked again, so that the next words are not taken for it unawares. */
const stillAsked = ({ session: { waiting }, facts }: Turn): readonly Message[] =>
  waiting.flow === 'decide' ? decide.prompt(waiting, facts) : [];

/** Into a section: its first gap, or its first indicator when it is complete. */
function toSection(opened: Opened, ref: string): Outcome {
  const { template, report } = opened;
  if (!isEditable(report)) return { say: [lockedMessage(opened)] };
  const section = rowByRef(template, ref);
  const mine = template.indicators.filter((row) => row.section === section?.id);
  const before = template.indicators[template.indicators.findIndex((row) => row.id === mine[0]?.id) - 1];
  const gap = nextIndicator(template, report, before?.id);
  const target = gap && gap.section === section?.id ? gap : mine[0];
  return target ? { go: stayAt(opened, target.id) } : stale;
}

/** Choosing a section means staying there: no way back to the question that was open. */
const stayAt = (opened: Opened, indicator: string) =>
  ({ flow: 'fill', report: opened.report.id, indicator }) as const;

function withdraw(opened: Opened, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  if (report.status === 'accepted') return { say: [{ text: [MENU.tooLate] }, lockedMessage(opened)] };
  if (report.status !== 'submitted') return { say: [{ text: [MENU.notSent] }] };
  const message = { text: [COORDINATE.withdrawn(template, campaign, unit)] };
  return {
    say: [{ text: [MENU.withdrawn] }],
    changes: [{ type: 'withdrawn', report: report.id }],
    tell: coordinators(turn.facts, opened).map((conversation) => ({ conversation, message })),
    go: { flow: 'review', report: report.id, page: 0 },
  };
}

function amend(opened: Opened, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  if (report.status === 'submitted') return { say: [lockedMessage(opened)] };
  if (report.status !== 'accepted') return { go: { flow: 'review', report: report.id, page: 0 } };
  const version = report.submissions.length + 1;
  const message = { text: [COORDINATE.amending(template, campaign, unit, version)] };
  return {
    say: [{ text: [MENU.amending(version)] }],
    changes: [{ type: 'reopened', report: report.id }],
    tell: coordinators(turn.facts, opened).map((conversation) => ({ conversation, message })),
    go: { flow: 'review', report: report.id, page: 0 },
  };
}

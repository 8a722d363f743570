// "Đính chính" of an accepted report: the unit asks with a reason, the coordinator unlocks it or says why not.
import type { Recorded } from '../src/domain/change.ts';
import type { Message } from '../src/domain/conversation.ts';
import { SUBMIT } from '../src/text/submit.ts';
import { UNLOCK } from '../src/text/unlock.ts';
import { button } from './actions.ts';
import { placeOf } from './aside.ts';
import { tellOfficers } from './coordinate/receive.ts';
import type { Opened, Outcome, Turn } from './flow.ts';
import { coordinators } from './notify.ts';
import { stamp } from './record.ts';

/** True while that version is the accepted one. */
const isLocked = ({ report }: Opened, version: string): boolean =>
  report.status === 'accepted' && String(report.submissions.length) === version;

const notLocked = ({ unit }: Opened): Outcome => ({ say: [{ text: [UNLOCK.notLocked(unit)] }] });

/** Asks the officer why, when somebody is there to decide. */
export function askUnlock(opened: Opened, turn: Turn): Outcome {
  if (coordinators(turn.facts, opened).length === 0) return { say: [{ text: [SUBMIT.noCoordinator] }] };
  const { report } = opened;
  const back = placeOf(turn.session.waiting);
  const of = String(report.submissions.length);
  return { go: { flow: 'reason', what: 'unlock', report: report.id, of, ...(back && { back }) } };
}

/** The request goes to the coordinators. */
export function unlockAsked(opened: Opened, version: string, text: string, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  if (!isLocked(opened, version)) return notLocked(opened);
  const message: Message = {
    text: UNLOCK.requested(template, campaign, unit, turn.facts.person?.name ?? '', text),
    buttons: [
      [
        button(UNLOCK.unlock, 'unlock', report.id, '', version),
        button(UNLOCK.keepLocked, 'keepLocked', report.id, '', version),
      ],
    ],
  };
  return {
    say: [{ text: [UNLOCK.asked] }],
    changes: [{ type: 'unlock_asked', report: report.id, explanation: { ...stamp(turn), text } }],
    tell: coordinators(turn.facts, opened).map((conversation) => ({ conversation, message })),
  };
}

/** Unlocks for the reason that the unit gave and nobody has answered yet; without one the coordinator gives the reason. */
export function unlock(opened: Opened, version: string, turn: Turn): Outcome {
  const { id } = opened.report;
  if (!isLocked(opened, version)) return notLocked(opened);
  const history = turn.facts.histories[id];
  if (!history) return { needs: [id] };
  const reason = openRequest(history);
  if (reason !== undefined) return reopened(opened, version, reason, turn);
  const back = placeOf(turn.session.waiting);
  return { go: { flow: 'reason', what: 'reopen', report: id, of: version, ...(back && { back }) } };
}

function openRequest(history: readonly Recorded[]): string | undefined {
  const last = history.findLast(({ change }) =>
    ['unlock_asked', 'unlock_refused', 'reopened', 'accepted'].includes(change.type),
  )?.change;
  return last?.type === 'unlock_asked' ? last.explanation.text : undefined;
}

/** The report lies with the unit again. */
export function reopened(opened: Opened, version: string, text: string, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  if (!isLocked(opened, version)) return notLocked(opened);
  return {
    say: [{ text: [UNLOCK.reopened(unit, text)] }],
    changes: [{ type: 'reopened', report: report.id, explanation: { ...stamp(turn), text } }],
    tell: tellOfficers(turn.facts, opened, {
      text: UNLOCK.toldReopened(template, campaign, text, report.submissions.length + 1),
      buttons: [[button(UNLOCK.fix, 'open', report.id)]],
    }),
  };
}

/** Asks the coordinator why not. */
export function keepLocked(opened: Opened, version: string, turn: Turn): Outcome {
  if (!isLocked(opened, version)) return notLocked(opened);
  const back = placeOf(turn.session.waiting);
  return {
    go: {
      ...{ flow: 'reason', what: 'keepLocked', report: opened.report.id, of: version },
      ...(back && { back }),
    },
  };
}

/** The report stays as it is; the unit learns why. */
export function keptLocked(opened: Opened, version: string, text: string, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  if (!isLocked(opened, version)) return notLocked(opened);
  return {
    say: [{ text: [UNLOCK.kept(unit)] }],
    changes: [{ type: 'unlock_refused', report: report.id, explanation: { ...stamp(turn), text } }],
    tell: tellOfficers(turn.facts, opened, { text: UNLOCK.toldKept(template, campaign, text) }),
  };
}

// "Báo cáo của tôi": the reports of this person, overdue ones first, and arriving in one of them.
import type { Message } from '../src/domain/conversation.ts';
import { partsOf, progressOf, resumeAt } from '../src/domain/progress.ts';
import { lines, reportWords } from '../src/text/common.ts';
import { MENU, recap, SECTIONS } from '../src/text/menu.ts';
import { button, commandButton } from './actions.ts';
import { type Facts, type Flow, isEditable, type Opened, type Outcome, openable } from './flow.ts';

export const menu: Flow<'menu'> = {
  prompt: (_, facts) => [listMessage(facts)],
  answer: (_, __, turn) => ({ say: [listMessage(turn.facts)] }),
};

/** Where somebody who opens the bot goes: straight on with the only report that waits, else the list; a coordinator to the board. */
export function arrive(facts: Facts): Outcome {
  if (facts.person?.role === 'coordinator') return { go: { flow: 'coordinate', page: 0 } };
  const waiting = openable(facts).filter((each) => isEditable(each.report));
  const only = waiting.length === 1 ? waiting[0] : undefined;
  return only ? resume(facts, only) : { go: { flow: 'menu' } };
}

/** Goes on in a report: a recap, then the question where the officer stopped, or the review when nothing is open. */
export function resume(facts: Facts, opened: Opened): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)], go: { flow: 'menu' } };
  const { report, template, campaign, unit } = opened;
  const at = resumeAt(template, report);
  return {
    say: [{ text: recap(template, report, campaign, unit, at, facts.now, facts.timezone) }],
    go: at
      ? { flow: 'fill', report: report.id, indicator: at.id }
      : { flow: 'review', report: report.id, page: 0 },
  };
}

/** Reports that still wait come first, the most overdue on top; then those that were sent. */
export function listMessage(facts: Facts): Message {
  const all = openable(facts);
  const unit = facts.units.find((each) => each.id === facts.person?.unit);
  if (all.length === 0) return { text: [MENU.none] };
  const ordered = [
    ...all.filter((each) => isEditable(each.report)),
    ...all.filter((each) => !isEditable(each.report)),
  ];
  return {
    text: lines(
      MENU.title(unit?.name ?? ''),
      ...ordered.map((each) =>
        MENU.line(
          reportWords(each, all),
          each.template,
          each.report,
          each.campaign,
          facts.now,
          facts.timezone,
        ),
      ),
    ),
    buttons: ordered.map((each) => [
      button(MENU.begin(each.report, reportWords(each, all)), 'open', each.report.id),
    ]),
    marks: 'number',
  };
}

/** What may be done with a report that was sent. */
export function lockedMessage({ report, template, campaign }: Opened): Message {
  const next = report.submissions.length + 1;
  return {
    text: MENU.locked(template, report, campaign),
    buttons: [
      report.status === 'submitted'
        ? [button(MENU.withdraw, 'withdraw', report.id)]
        : [button(MENU.amend(next), 'amend', report.id)],
      [button(MENU.file, 'file', report.id), commandButton('Báo cáo của tôi', '/baocao')],
    ],
    marks: 'coded',
  };
}

/** The sections with their progress, one button each. */
export const sectionsMessage = ({ report, template }: Opened): Message => ({
  text: [SECTIONS.title],
  buttons: partsOf(template).map((part) => [
    button(SECTIONS.line(template, report, part), 'section', report.id, part.id),
  ]),
  marks: 'number',
});

/** The table as it stands now, or as a version was sent. */
export function fileMessage({ report, template }: Opened, version?: number): Message {
  return version === undefined
    ? { text: [MENU.tableSoFar(progressOf(template, report))], file: { report: report.id } }
    : { text: [MENU.tableSent(version)], file: { report: report.id, version } };
}

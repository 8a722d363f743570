// "Báo cáo của tôi": the reports of this person, overdue ones first, and arriving in one of them.

import type { Message } from '../src/domain/conversation.ts';
import { isOverseer } from '../src/domain/people.ts';
import { partsOf, progressOf, resumeAt } from '../src/domain/progress.ts';
import { isAnswered, isEditable } from '../src/domain/report.ts';
import type { Row } from '../src/domain/template.ts';
import { APPROVE } from '../src/text/approve.ts';
import { ASSIGN } from '../src/text/assign.ts';
import { PART } from '../src/text/assign-part.ts';
import { lines, reportWords } from '../src/text/common.ts';
import { MENU, recap, SECTIONS } from '../src/text/menu.ts';
import { button, commandButton } from './actions.ts';
import { type Facts, type Flow, type Opened, type Outcome, openable, type Turn } from './flow.ts';
import { leaderMessage } from './leader.ts';
import { toGap } from './navigate.ts';
import { openOf, pointsOf } from './returned.ts';

export const menu: Flow<'menu'> = {
  prompt: (_, facts) => [listMessage(facts)],
  answer: (_, __, turn) => ({ say: [listMessage(turn.facts)] }),
};

/**
 * Where somebody who opens the bot goes: straight on with the only report that waits, else the list; a coordinator to the board, and
 * the unit's leader, who fills nothing, to the list.
 */
export function arrive(facts: Facts): Outcome {
  if (facts.person && isOverseer(facts.person.role)) return { go: { flow: 'coordinate', page: 0 } };
  if (facts.person?.role === 'leader') return { go: { flow: 'menu' } };
  const waiting = openable(facts).filter((each) => isEditable(each.report));
  const only = waiting.length === 1 ? waiting[0] : undefined;
  return only ? resume(facts, only) : { go: { flow: 'menu' } };
}

/**
 * Goes on in a report: a recap, then the question where the officer stopped, or the review when nothing is open; in one that was
 * returned point by point, at the first open point. A leader only looks at it.
 */
export function resume(facts: Facts, opened: Opened): Outcome {
  if (facts.person?.role === 'leader') return { say: [leaderMessage(facts, opened)] };
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)], go: { flow: 'menu' } };
  const { report, template, campaign, unit } = opened;
  const at = resumeAt(opened);
  const isByPoints = pointsOf(opened).length > 0;
  const [point] = openOf(opened).filter(({ indicator }) => !opened.away?.has(indicator));
  const shown = isByPoints ? undefined : at;
  return {
    say: [{ text: recap(template, report, campaign, unit, shown, facts.now, facts.timezone) }],
    go: isByPoints ? pointPlace(report.id, point?.indicator) : toGap(report.id, at),
  };
}

const pointPlace = (report: string, indicator: string | undefined): NonNullable<Outcome['go']> =>
  indicator === undefined ? { flow: 'submit', report } : { flow: 'fill', report, indicator };

/** Reports that still wait come first, the most overdue on top; then those that were sent. */
export function listMessage(facts: Facts): Message {
  const all = openable(facts);
  const unit = facts.units.find((each) => each.id === facts.person?.unit);
  const isPart = facts.person?.role === 'helper';
  if (all.length === 0) return { text: [isPart ? PART.none : MENU.none] };
  const looks = facts.person?.role === 'leader';
  const ordered = [
    ...all.filter((each) => isEditable(each.report)),
    ...all.filter((each) => !isEditable(each.report)),
  ];
  return {
    text: lines(
      MENU.title(unit?.name ?? '', isPart ? PART.title : undefined),
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
      button(
        looks ? MENU.see(reportWords(each, all)) : MENU.begin(each.report, reportWords(each, all)),
        'open',
        each.report.id,
      ),
    ]),
    marks: 'number',
  };
}

/** What may be done with a report that was sent. */
export function lockedMessage({ report, template, campaign, part }: Opened): Message {
  if (part) return { text: PART.locked(template, campaign, report, part.sender) };
  const last = report.submissions.length;
  const isWaiting = report.status === 'awaiting';
  return {
    text: isWaiting ? APPROVE.locked(template, campaign) : MENU.locked(template, report, campaign),
    buttons: [
      report.status === 'accepted'
        ? [button(MENU.amend(last + 1), 'amend', report.id)]
        : [button(MENU.withdraw, 'withdraw', report.id)],
      [button(MENU.file, 'file', report.id, '', isWaiting ? '' : last), commandButton(MENU.mine, '/baocao')],
    ],
    marks: 'coded',
  };
}

/** The sections with their progress, and with whom they are, one button each. */
export const sectionsMessage = (opened: Opened): Message => ({
  text: [SECTIONS.title],
  buttons: partsOf(opened.template).map((part) => [
    button(
      `${SECTIONS.line(opened.template, opened.report, part)}${withWhom(opened, part)}`,
      'section',
      opened.report.id,
      part.id,
    ),
  ]),
  marks: 'number',
});

function withWhom({ template, report, away }: Opened, part: Row): string {
  const mine = template.indicators.filter((row) => row.section === part.id && away?.has(row.id));
  const names = [...new Set(mine.map(({ id }) => away?.get(id)?.holder.name ?? ''))];
  const answered = mine.filter(({ id }) => isAnswered(report.answers[id])).length;
  return mine.length === 0
    ? ''
    : ` · ${ASSIGN.inSection(names.join(', '), { answered, total: mine.length })}`;
}

/** What of a table this person is handed: only the own part, when that is all there is to them. */
export const ownOnly = (facts: Facts, { part }: Opened): { readonly for?: string } =>
  part && facts.person ? { for: facts.person.id } : {};

/**
 * The table as it stands now, or as a version was sent. Who was handed a version is remembered, so that they hear of a newer one; a
 * draft is nobody's version.
 */
export function handFile(opened: Opened, version: number | undefined, turn: Turn): Outcome {
  const { report, template, part } = opened;
  const own = ownOnly(turn.facts, opened);
  if (version === undefined) {
    const file = { report: report.id, ...own };
    return { say: [{ text: [MENU.tableSoFar(progressOf(template, report))], file }] };
  }
  const last = report.submissions.length;
  if (version < 1 || version > last) return { say: [{ text: [MENU.noVersion(version, last)] }] };
  const say = [{ text: [MENU.tableSent(version)], file: { report: report.id, version, ...own } }];
  const person = turn.facts.person?.id;
  return person === undefined || part || (report.handed?.[person] ?? 0) >= version
    ? { say }
    : { say, changes: [{ type: 'handed', report: report.id, person, version }] };
}

/** The same table as pictures, for looking at it in the chat. */
export function picturesMessage(facts: Facts, opened: Opened, version: number | undefined): Message {
  const { report } = opened;
  const own = ownOnly(facts, opened);
  const known = version !== undefined && version >= 1 && version <= report.submissions.length;
  return {
    text: [MENU.picturesOf(known ? version : undefined)],
    pictures: known ? { report: report.id, version, ...own } : { report: report.id, ...own },
  };
}

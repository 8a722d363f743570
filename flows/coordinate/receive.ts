// Receiving what a unit sent: the report in detail, and taking it in.

import { covers } from '../../src/domain/campaign.ts';
import type { Button, Message } from '../../src/domain/conversation.ts';
import { isEditable } from '../../src/domain/report.ts';
import { lines } from '../../src/text/common.ts';
import { COORDINATE } from '../../src/text/coordinate.ts';
import { MENU } from '../../src/text/menu.ts';
import { button } from '../actions.ts';
import { impossible } from '../findings.ts';
import type { Facts, Opened, Outcome, Turn } from '../flow.ts';
import { officers } from '../notify.ts';

/** One unit's report: where it stands, and what may be done; somebody who only looks is offered nothing to decide. */
export function detailMessage(facts: Facts, opened: Opened): Message {
  const { template, report, campaign, unit } = opened;
  const { person, people, timezone } = facts;
  const last = report.submissions.at(-1);
  const leader = people.find(({ id }) => id === last?.approvedBy)?.name;
  const mayDecide = person !== undefined && covers(person, unit.id, campaign, facts.units);
  const version = last?.version ?? '';
  return {
    text: lines(
      COORDINATE.detail(template, report, campaign, unit, timezone),
      last?.approvedBy === undefined ? undefined : COORDINATE.approvedBy(leader),
    ),
    buttons: [
      ...(mayDecide ? decisions(facts, opened) : []),
      ...(report.rev > 0
        ? [
            [
              button(MENU.file, 'file', report.id, '', version),
              button(MENU.pictures, 'pictures', report.id, '', version),
              button(COORDINATE.history, 'history', report.id, '', 0),
            ],
          ]
        : []),
    ],
    marks: 'coded',
  };
}

/** What a coordinator may do about a report as it stands. */
function decisions(facts: Facts, opened: Opened): Button[][] {
  const { report } = opened;
  const version = report.submissions.length;
  const ask = button(COORDINATE.ask, 'ask', report.id);
  if (report.status === 'submitted')
    return [
      [
        button(COORDINATE.accept, 'accept', report.id, '', version),
        button(COORDINATE.giveBack, 'giveBack', report.id, '', version),
        ask,
      ],
    ];
  if (report.status === 'accepted')
    return [[button(COORDINATE.unlock, 'unlock', report.id, '', version), ask]];
  const isHard = isEditable(report) && impossible(facts, opened).total > 0;
  return [
    ...(isHard ? [[button(COORDINATE.letThrough, 'override', report.id)]] : []),
    ...(report.rev > 0 ? [[ask]] : []),
  ];
}

/** True when that version waits for a decision now. */
export const isOwnVersion = (opened: Opened, version: string): boolean =>
  opened.report.status === 'submitted' && String(opened.report.submissions.length) === version;

/** Takes a report in. A button of an older version decides nothing. */
export function accept(opened: Opened, version: string, turn: Turn): Outcome {
  if (!isOwnVersion(opened, version)) return { say: [{ text: [COORDINATE.notSent(opened.unit)] }] };
  return {
    say: [{ text: [COORDINATE.accepted(opened.unit)] }],
    changes: [{ type: 'accepted', report: opened.report.id }],
    tell: tellOfficers(turn.facts, opened, {
      text: COORDINATE.tellAccepted(opened.template, opened.campaign),
    }),
  };
}

/** The same message to every officer of the unit. */
export const tellOfficers = (
  facts: Facts,
  opened: Opened,
  message: Message,
): { conversation: string; message: Message }[] =>
  officers(facts, opened.unit.id).map((conversation) => ({ conversation, message }));

// What the unit's leader sees of a report: where it stands, the table, and the decision that waits.

import type { Message } from '../src/domain/conversation.ts';
import { isSent } from '../src/domain/report.ts';
import { APPROVE } from '../src/text/approve.ts';
import { MENU } from '../src/text/menu.ts';
import { button } from './actions.ts';
import type { Facts, Opened } from './flow.ts';

/** What was signed, by version and figures: a button about other figures decides nothing. */
export const signedRef = ({ report: { awaiting } }: Opened): string | undefined =>
  awaiting && `${awaiting.version}.${awaiting.checkCode}`;

/** One report, to look at and, while it waits, to approve. */
export function leaderMessage({ timezone }: Facts, opened: Opened): Message {
  const { template, report, campaign, unit } = opened;
  const version = isSent(report) ? report.submissions.length : '';
  return {
    text: APPROVE.detail(template, report, campaign, unit, timezone),
    buttons: [
      ...approvalButtons(opened),
      ...(report.rev > 0
        ? [
            [
              button(MENU.file, 'file', report.id, '', version),
              button(MENU.pictures, 'pictures', report.id, '', version),
            ],
          ]
        : []),
    ],
    marks: 'coded',
  };
}

/** To approve what was signed, or to send it back to the officer. */
export function approvalButtons(opened: Opened): ReturnType<typeof button>[][] {
  const ref = signedRef(opened);
  if (ref === undefined) return [];
  const { id } = opened.report;
  return [[button(APPROVE.approve, 'approve', id, '', ref), button(APPROVE.decline, 'decline', id, '', ref)]];
}

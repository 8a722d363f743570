// Taking in at once every report that was sent without a warning, after the coordinator has seen which ones.
import { type Campaign, covers } from '../../src/domain/campaign.ts';
import type { Change } from '../../src/domain/change.ts';
import { shortHash } from '../../src/domain/hash.ts';
import { ACCEPT_ALL, BOARD_CHAT } from '../../src/text/board-chat.ts';
import { lines } from '../../src/text/common.ts';
import { COORDINATE } from '../../src/text/coordinate.ts';
import { button } from '../actions.ts';
import { type Facts, type Opened, type Outcome, openable, type Turn } from '../flow.ts';
import { tellOfficers } from './receive.ts';

/** So many names keep the message short enough for a phone. */
const MOST_NAMED = 15;

/** Reports of the period that wait for a decision and of whose newest version nothing had to be explained or let pass. */
export const cleanReports = (facts: Facts, campaign: Campaign): readonly Opened[] =>
  openable(facts).filter((opened) => {
    const { report, unit } = opened;
    const last = report.submissions.at(-1);
    return (
      opened.campaign.id === campaign.id &&
      report.status === 'submitted' &&
      last?.warnings === 0 &&
      last.overrides === 0 &&
      facts.person !== undefined &&
      covers(facts.person, unit.id, campaign, facts.units)
    );
  });

/** Asked first with the names; with the code of exactly these reports they are taken in, with another one it is asked anew. */
export function acceptAll(campaign: Campaign, arg: string, { facts }: Turn): Outcome {
  const clean = cleanReports(facts, campaign);
  if (clean.length === 0) return { say: [{ text: [ACCEPT_ALL.none] }] };
  const code = shortHash(clean.map(({ report }) => `${report.id}:${report.submissions.length}`).join(' '));
  if (arg !== code) {
    const more = clean.length - MOST_NAMED;
    return {
      say: [
        {
          text: lines(
            ACCEPT_ALL.ask(clean.length),
            ...clean
              .slice(0, MOST_NAMED)
              .map(({ unit, report }) => ACCEPT_ALL.line(unit, report, facts.timezone)),
            more > 0 ? ACCEPT_ALL.more(more) : undefined,
          ),
          buttons: [
            [button(ACCEPT_ALL.yes(clean.length), 'acceptAll', campaign.id, '', code)],
            [button(BOARD_CHAT.toBoard, 'board', campaign.id, '', '0|')],
          ],
          marks: 'coded',
        },
      ],
    };
  }
  return {
    say: [{ text: [ACCEPT_ALL.done(clean.length)] }],
    changes: clean.map(({ report }): Change => ({ type: 'accepted', report: report.id })),
    tell: clean.flatMap((opened) =>
      tellOfficers(facts, opened, { text: COORDINATE.tellAccepted(opened.template, opened.campaign) }),
    ),
    go: { flow: 'coordinate', page: 0, campaign: campaign.id },
  };
}

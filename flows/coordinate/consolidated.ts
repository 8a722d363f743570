// "/tonghop": the figures of all units as a workbook and as the appendix of the own level; and the board as a picture or a sheet.

import type { Campaign } from '../../src/domain/campaign.ts';
import type { FileRequest, Message } from '../../src/domain/conversation.ts';
import type { Person } from '../../src/domain/people.ts';
import { periodName } from '../../src/domain/period.ts';
import { isSent } from '../../src/domain/report.ts';
import { BOARD_CHAT } from '../../src/text/board-chat.ts';
import { lines } from '../../src/text/common.ts';
import { CONSOLIDATED_CHAT } from '../../src/text/consolidated-chat.ts';
import { button } from '../actions.ts';
import type { Facts, Outcome, Turn } from '../flow.ts';
import { stale, staleMessage } from '../stale.ts';
import { boardFor, inSight, unitsIn } from './board.ts';

/** `/tonghop`, for the only period in sight; of several one is chosen first. Closed ones can be had too. */
export function consolidated({ facts, session: { waiting } }: Turn): Outcome {
  const seen = inSight(facts);
  const here = waiting.flow === 'coordinate' ? seen.find(({ id }) => id === waiting.campaign) : undefined;
  const only = here ?? (seen.length === 1 ? seen[0] : undefined);
  if (only) return given(facts, only);
  if (seen.length === 0) return { say: [{ text: [BOARD_CHAT.none] }] };
  const boards = seen.flatMap((campaign) => boardFor(facts, campaign) ?? []);
  return {
    say: [
      {
        text: [CONSOLIDATED_CHAT.which],
        buttons: boards.map((board) => [
          button(BOARD_CHAT.period(board, boards), 'consolidated', board.campaign.id),
        ]),
        marks: 'number',
      },
    ],
  };
}

/** The buttons: '' both tables, board, picture. */
export function tablesOf(campaign: Campaign | undefined, arg: string, { facts }: Turn): Outcome {
  if (!campaign || !facts.person || unitsIn(facts, campaign).length === 0) return stale;
  const board: FileRequest = { campaign: campaign.id, what: 'board', person: facts.person.id };
  if (arg === 'picture') return { say: [{ text: [BOARD_CHAT.pictureHere], pictures: board }] };
  if (arg === 'board') return { say: [{ text: [BOARD_CHAT.sheetHere], file: board }] };
  return campaign.closedAt === undefined
    ? given(facts, campaign)
    : { say: closedTables(campaign, facts.person) };
}

/** The tables, and that this person has them: whoever has them is told when a unit sends a newer version. */
function given(facts: Facts, campaign: Campaign): Outcome {
  const say = tables(facts, campaign);
  const { person } = facts;
  if (!person || say.every(({ file }) => file === undefined)) return { say };
  return { say, changes: [{ type: 'tables_given', campaign: campaign.id, person: person.id }] };
}

/** Of a closed period the reports are not at hand here; the tables are made from where they lie. */
const closedTables = ({ id, period }: Campaign, { id: person }: Person): readonly Message[] => [
  {
    text: [CONSOLIDATED_CHAT.closed(periodName(period))],
    file: { campaign: id, what: 'consolidated', person },
  },
  { text: [CONSOLIDATED_CHAT.level], file: { campaign: id, what: 'level', person } },
];

function tables(facts: Facts, campaign: Campaign): readonly Message[] {
  const board = boardFor(facts, campaign);
  if (!board || !facts.person) return [staleMessage];
  const { submitted, accepted } = board.counts.byState;
  const sent = submitted + accepted;
  const toBoard = [[button(BOARD_CHAT.toBoard, 'board', campaign.id, '', '0|')]];
  if (sent === 0) return [{ text: CONSOLIDATED_CHAT.nobody(board), buttons: toBoard, marks: 'coded' }];
  const file = (what: 'consolidated' | 'level'): FileRequest => ({
    ...{ campaign: campaign.id, what, person: facts.person?.id ?? '' },
  });
  const missing = board.rows.filter((row) => !isSent(row));
  return [
    {
      text: lines(
        CONSOLIDATED_CHAT.head(board),
        CONSOLIDATED_CHAT.state(board.counts),
        missing.length > 0 ? CONSOLIDATED_CHAT.missing(missing.map(({ unit }) => unit)) : undefined,
        CONSOLIDATED_CHAT.how,
      ),
      file: file('consolidated'),
    },
    {
      text: [CONSOLIDATED_CHAT.level],
      file: file('level'),
      buttons: toBoard,
      marks: 'coded',
    },
  ];
}

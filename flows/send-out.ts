// A version goes out: word to the coordinators with the table, and to whoever holds an older one as a file.
import { covers, sees } from '../src/domain/campaign.ts';
import type { Change } from '../src/domain/change.ts';
import type { Message } from '../src/domain/conversation.ts';
import { isOverseer, type Person, reachedIn } from '../src/domain/people.ts';
import type { Submission } from '../src/domain/report.ts';
import { lines } from '../src/text/common.ts';
import { CONSOLIDATED_CHAT } from '../src/text/consolidated-chat.ts';
import { COORDINATE } from '../src/text/coordinate.ts';
import { MENU } from '../src/text/menu.ts';
import { button } from './actions.ts';
import type { Facts, Opened, Outcome } from './flow.ts';
import { differences, remarks, toPerson } from './notify.ts';
import { unchanged } from './returned.ts';

type Sent = Omit<Submission, 'answers' | 'notes'>;
type Told = NonNullable<Outcome['tell']>;

/**
 * What follows from sending: the changes, who is told what, and how many coordinators that are. `holders`: people of the unit who
 * get the new table anyway.
 */
export function sendOut(
  facts: Facts,
  opened: Opened,
  submission: Sent,
  holders: readonly Person[],
): { changes: readonly Change[]; tell: Told; receivers: number } {
  const receivers = facts.people.filter(
    (each) => covers(each, opened.unit.id, opened.campaign, facts.units) && reachedIn(each) !== undefined,
  );
  const withTables = tableHolders(facts, opened);
  const holding = [...holders, ...receivers];
  return {
    changes: [
      { type: 'submitted', report: opened.report.id, submission },
      ...holding.map(
        (each): Change => ({
          ...{ type: 'handed', report: opened.report.id, person: each.id, version: submission.version },
        }),
      ),
    ],
    tell: [
      ...receivers.flatMap((each) =>
        toPerson(each, receivedMessage(facts, opened, submission, withTables.includes(each.id))),
      ),
      ...outdated(facts, opened, submission.version, holding),
      ...outdatedTables(facts, opened, submission.version, withTables, receivers),
    ],
    receivers: receivers.length,
  };
}

/** What the coordinators get: how it stands, what the unit says about it, what is new, the table, and the decisions. */
function receivedMessage(facts: Facts, opened: Opened, submission: Sent, hasTables: boolean): Message {
  const { template, report, campaign, unit } = opened;
  const file = { report: report.id, version: submission.version };
  const leader = facts.people.find((each) => each.id === submission.approvedBy)?.name;
  return {
    text: lines(
      COORDINATE.received(template, campaign, unit, submission, facts.timezone),
      submission.approvedBy === undefined ? undefined : COORDINATE.approvedBy(leader),
      ...remarks(facts, opened),
      ...differences(opened).map((each) => each.text),
      unchanged(opened),
      hasTables ? CONSOLIDATED_CHAT.outdatedHere : undefined,
    ),
    file,
    pictures: file,
    buttons: [
      [
        button(COORDINATE.accept, 'accept', report.id, '', submission.version),
        button(COORDINATE.giveBack, 'giveBack', report.id, '', submission.version),
        button(COORDINATE.ask, 'ask', report.id),
      ],
    ],
  };
}

/** Who was handed an older version as a file, may still see the report, and does not get this one anyway. */
function outdated(facts: Facts, opened: Opened, version: number, holding: readonly Person[]): Told {
  const { report, template, campaign, unit } = opened;
  const older = facts.people.filter(
    (each) =>
      (report.handed?.[each.id] ?? version) < version &&
      !holding.some(({ id }) => id === each.id) &&
      maySee(facts, opened, each),
  );
  return older.flatMap((each) =>
    toPerson(each, {
      text: [MENU.newerVersion(template, campaign, unit, version, report.handed?.[each.id] ?? version)],
      buttons: [[button(MENU.file, 'file', report.id, '', version)]],
    }),
  );
}

/** The history without which it is not known who holds consolidated tables, where only a further version makes them old. */
export const neededToSend = ({ histories }: Facts, { report, campaign }: Opened): readonly string[] => {
  const id = `campaign:${campaign.id}`;
  return report.submissions.length > 0 && !Object.hasOwn(histories, id) ? [id] : [];
};

/** Ids of the people who were given consolidated tables with an earlier version of this report in them. */
function tableHolders({ histories }: Facts, { report, campaign }: Opened): readonly string[] {
  const first = report.submissions[0];
  if (!first) return [];
  return (histories[`campaign:${campaign.id}`] ?? []).flatMap(({ at, change }) =>
    change.type === 'tables_given' && at >= first.at ? [change.person] : [],
  );
}

/** Those of them who do not receive the report itself. */
function outdatedTables(
  facts: Facts,
  opened: Opened,
  version: number,
  holders: readonly string[],
  receivers: readonly Person[],
): Told {
  const { template, campaign, unit } = opened;
  const others = facts.people.filter(
    (each) =>
      holders.includes(each.id) && !receivers.some(({ id }) => id === each.id) && maySee(facts, opened, each),
  );
  return others.flatMap((each) =>
    toPerson(each, {
      text: [CONSOLIDATED_CHAT.outdated(template, campaign, unit, version)],
      buttons: [[button(CONSOLIDATED_CHAT.again, 'consolidated', campaign.id)]],
    }),
  );
}

const maySee = ({ units }: Facts, { campaign, unit }: Opened, person: Person): boolean =>
  isOverseer(person.role) ? sees(person, unit.id, campaign, units) : person.unit === unit.id;

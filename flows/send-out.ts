// A version goes out: word to the coordinators with the table, and to whoever holds an older one as a file.
import { covers, sees } from '../src/domain/campaign.ts';
import type { Change } from '../src/domain/change.ts';
import type { Message } from '../src/domain/conversation.ts';
import { isOverseer, type Person, reachedIn } from '../src/domain/people.ts';
import type { Submission } from '../src/domain/report.ts';
import { lines } from '../src/text/common.ts';
import { COORDINATE } from '../src/text/coordinate.ts';
import { MENU } from '../src/text/menu.ts';
import { button } from './actions.ts';
import type { Facts, Opened, Outcome } from './flow.ts';
import { differences, remarks } from './notify.ts';
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
  const message = receivedMessage(facts, opened, submission);
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
      ...receivers.flatMap((each) => toPerson(each, message)),
      ...outdated(facts, opened, submission.version, holding),
    ],
    receivers: receivers.length,
  };
}

export const toPerson = (person: Person, message: Message): Told => {
  const conversation = reachedIn(person);
  return conversation === undefined ? [] : [{ conversation, message }];
};

/** What the coordinators get: how it stands, what the unit says about it, what is new, the table, and the decisions. */
function receivedMessage(facts: Facts, opened: Opened, submission: Sent): Message {
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

const maySee = ({ units }: Facts, { campaign, unit }: Opened, person: Person): boolean =>
  isOverseer(person.role) ? sees(person, unit.id, campaign, units) : person.unit === unit.id;

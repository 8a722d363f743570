// A code for a part is opened: whoever opened it has the part from now on, and whoever gave it is told.

import { countsIn, heldOf } from '../../src/domain/assignment.ts';
import { campaignFor } from '../../src/domain/campaign.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { fillsIn, type Invitation, type Person } from '../../src/domain/people.ts';
import { ASSIGN } from '../../src/text/assign.ts';
import { PART } from '../../src/text/assign-part.ts';
import type { Facts, Outcome, Turn } from '../flow.ts';
import { beginButton, neededWords } from './give.ts';
import { nameOfGiver, toOwner } from './part.ts';

type Taken = {
  readonly change: Change;
  readonly say: readonly Message[];
  readonly tell: NonNullable<Outcome['tell']>;
  readonly begin: NonNullable<Message['buttons']>;
};

/** The part that was given with this code; undefined where there is none, or it was taken back. */
export function takenBy(facts: Facts, invitation: Invitation, person: Person): Taken | undefined {
  for (const report of facts.reports) {
    const assignment = heldOf(report).find((each) => each.invitation === invitation.id);
    const campaign = facts.campaigns.find(({ id }) => id === report.campaign);
    const template = facts.template(report.template);
    if (!assignment || assignment.person !== undefined || !campaign || !template) continue;
    const { rows } = assignment;
    const { total } = countsIn(template, report, assignment);
    const giver = nameOfGiver(facts, assignment);
    const mine = campaignFor(campaign, report.unit);
    const needed = neededWords({ template, report }, rows, facts);
    return {
      change: {
        type: 'assignment_set',
        report: report.id,
        assignment: { ...assignment, person: person.id },
      },
      say: [{ text: PART.given(template, rows, giver, mine, total, facts.timezone, needed) }],
      tell: toOwner(facts, report, assignment, { text: ASSIGN.joined(person.name, template, rows) }),
      begin: [[beginButton(report.id, assignment, PART.begin)]],
    };
  }
  return undefined;
}

/** Somebody of the unit who writes already simply takes the part; whoever gave it only looks whether the code works. */
export function taking({ facts }: Turn, invitation: Invitation, person: Person): Outcome | undefined {
  if (person.unit !== invitation.unit || !fillsIn(person)) return undefined;
  const given = takenBy(facts, invitation, person);
  const isOwn = given?.change.type === 'assignment_set' && given.change.assignment.by === person.id;
  if (!given || isOwn) return undefined;
  return {
    say: given.say.map((each) => ({ ...each, buttons: given.begin })),
    changes: [
      given.change,
      { type: 'invitation_set', invitation: { ...invitation, usedAt: facts.now, usedBy: person.id } },
    ],
    tell: given.tell,
  };
}

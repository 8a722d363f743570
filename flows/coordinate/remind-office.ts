// What coordinators and leaders are told before a deadline, and who could not be reached.
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Message } from '../../src/domain/conversation.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Template } from '../../src/domain/template.ts';
import { type Got, type MissingUnit, REMIND_OFFICE, type Unreached } from '../../src/text/remind-office.ts';
import { button, commandButton } from '../actions.ts';

type About = {
  readonly campaign: Campaign;
  readonly template: Template;
  readonly now: string;
  readonly timezone: string;
};

const toBoard = [[commandButton(REMIND_OFFICE.board, '/tiendo')]];

/** To a coordinator: which of `total` units have not sent. */
export const missingMessage = (
  { campaign, template, now, timezone }: About,
  missing: readonly MissingUnit[],
  total: number,
): Message => ({
  text: REMIND_OFFICE.missing(campaign, template, missing, total, now, timezone),
  buttons: toBoard,
});

/** To a unit's leader: what the own unit has not done. */
export const leaderMessage = ({ campaign, now, timezone }: About, missing: MissingUnit): Message => ({
  text: REMIND_OFFICE.leader(campaign, missing, now, timezone),
  buttons: [[button(REMIND_OFFICE.view, 'open', missing.report.id)]],
});

/** To those who run a period: how far it is before the office's own deadline. */
export function passOnMessage(
  { campaign, template, timezone }: About,
  passOnBy: string,
  reports: readonly Report[],
): Message {
  const accepted = reports.filter(({ status }) => status === 'accepted').length;
  const sent = reports.filter(({ status }) => status === 'submitted').length;
  const counts = { accepted, sent, missing: reports.length - accepted - sent };
  return { text: REMIND_OFFICE.passOn(campaign, template, passOnBy, counts, timezone), buttons: toBoard };
}

/** After a scheduled round: who could not be reached. */
export const outcomeMessage = ({ campaign, template }: About, unreached: readonly Unreached[]): Message => ({
  text: REMIND_OFFICE.outcome(campaign, template, unreached),
  buttons: toBoard,
});

/** After a coordinator's own nudge: who got it, and who could not be reached. */
export const nudgedMessage = (
  { campaign, template }: About,
  counts: { readonly got: readonly Got[]; readonly waiting: number },
  unreached: readonly Unreached[],
): Message => ({
  text: REMIND_OFFICE.nudged(campaign, template, counts, unreached),
  ...(unreached.length > 0 && { buttons: toBoard }),
});

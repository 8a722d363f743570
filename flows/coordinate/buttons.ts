// The buttons of those who look after many units, on a whole period: the button's first name is then the campaign's.
import type { Campaign } from '../../src/domain/campaign.ts';
import { COMMAND } from '../../src/text/menu.ts';
import type { Press, Verb } from '../actions.ts';
import { campaignByRef, type Outcome, type Turn } from '../flow.ts';
import { stale } from '../stale.ts';
import { acceptAll } from './accept-all.ts';
import { turnBoard } from './board.ts';
import { tablesOf } from './consolidated.ts';
import { inviteButton } from './invite.ts';
import { nudgeButton } from './nudge.ts';
import { pressOpening } from './open-period.ts';
import { personButton } from './people.ts';
import { pressPeriod } from './periods.ts';
import { unitsButton } from './units.ts';

/** `looks`: changes nothing, so that a viewer may press it too. `campaign` is undefined where the button names none. */
type OnCampaign = {
  readonly looks?: true;
  readonly run: (campaign: Campaign | undefined, arg: string, turn: Turn, row: string) => Outcome;
};

/** By verb; `row` is the short hash of a unit or a person, `arg` a short word. Whether the campaign is theirs each one checks itself. */
const ON_CAMPAIGN: Partial<Record<Verb, OnCampaign>> = {
  board: { looks: true, run: turnBoard },
  consolidated: { looks: true, run: tablesOf },
  nudge: { run: nudgeButton },
  openPeriod: { run: (_, arg, turn, row) => pressOpening(arg, row, turn) },
  period: { looks: true, run: pressPeriod },
  acceptAll: { run: (campaign, arg, turn) => (campaign ? acceptAll(campaign, arg, turn) : stale) },
  units: { looks: true, run: (_, arg, turn, row) => unitsButton(arg, turn, row) },
  invite: { run: (campaign, arg, turn, row) => inviteButton(campaign?.id, arg, turn, row) },
  person: { run: (_, arg, turn, row) => personButton(arg, turn, row) },
};

export const isOnCampaign = (verb: Verb): boolean => ON_CAMPAIGN[verb] !== undefined;

/** Does what the button says, for whoever may; a button that was forwarded to somebody else does nothing. */
export function pressOnCampaign({ verb, report, row, arg }: Press, turn: Turn): Outcome {
  const role = turn.facts.person?.role;
  const found = ON_CAMPAIGN[verb];
  if (!found || (role !== 'coordinator' && role !== 'viewer')) return stale;
  if (role === 'viewer' && !found.looks) return { say: [{ text: [COMMAND.coordinatorOnly] }] };
  return found.run(report === '' ? undefined : campaignByRef(turn.facts, report), arg, turn, row);
}

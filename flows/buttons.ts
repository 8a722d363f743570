// What each button does. A button names its own report and indicator, so an old one never answers the current question.

import type { Change } from '../src/domain/change.ts';
import type { Role } from '../src/domain/people.ts';
import { isEditable } from '../src/domain/report.ts';
import { PART } from '../src/text/assign-part.ts';
import { COMMAND } from '../src/text/menu.ts';
import { ME } from '../src/text/person.ts';
import type { Press, Verb } from './actions.ts';
import { isOnCampaign, pressOnCampaign } from './coordinate/buttons.ts';
import { byRef, indicatorOf, type Outcome, rowByRef, type Turn } from './flow.ts';
import { ON_INDICATOR } from './indicator-buttons.ts';
import { leaving } from './leave.ts';
import { lockedMessage } from './menu.ts';
import { ON_REPORT } from './report-buttons.ts';
import { stale } from './stale.ts';

/** Does what the pressed button says, for the report and row that it names. */
export function press(pressed: Press, turn: Turn): Outcome {
  const { verb, report, row, arg } = pressed;
  if (verb === 'leave') return leaving(arg, turn);
  if (verb === 'device') return anotherDevice(turn);
  if (isOnCampaign(verb)) return pressOnCampaign(pressed, turn);
  const opened = byRef(turn.facts, report);
  if (!opened) return stale;
  const role = turn.facts.person?.role ?? 'viewer';
  if (!MAY[role](verb)) return { say: [{ text: [refusal(role, verb)] }] };
  const onReport = ON_REPORT[verb];
  if (onReport) return onReport(opened, row, arg, turn);
  const found = rowByRef(opened.template, row);
  const indicator = found && indicatorOf(opened.template, found.id);
  const onIndicator = ON_INDICATOR[verb];
  if (!indicator || !onIndicator) return stale;
  return isEditable(opened.report)
    ? onIndicator(opened, indicator, arg, turn)
    : { say: [lockedMessage(opened)] };
}

function refusal(role: Role, verb: Verb): string {
  if (DECISIONS.has(verb)) return COMMAND.coordinatorOnly;
  return role === 'helper' ? PART.officersOnly : COMMAND.officerOnly;
}

/** Taking in, giving back and letting pass are the coordinator's; writing figures and sending them are the unit's own. */
const DECISIONS: ReadonlySet<Verb> = new Set([
  ...(['accept', 'giveBack', 'override', 'ask', 'point', 'sendBack', 'unlock', 'keepLocked'] as const),
]);
const APPROVALS: ReadonlySet<Verb> = new Set(['approve', 'decline']);
const LOOKS: ReadonlySet<Verb> = new Set(['open', 'file', 'pictures', 'history']);

/** What is done with the report as a whole, which is not up to somebody who fills a part of it. */
const OWNERS: ReadonlySet<Verb> = new Set([
  ...(['sign', 'blankRest', 'withdraw', 'amend', 'askOverride', 'reply', 'askUnlock'] as const),
]);

/** Who may press what on a report that is theirs to see. */
const MAY: Readonly<Record<Role, (verb: Verb) => boolean>> = {
  officer: (verb) => !DECISIONS.has(verb) && !APPROVALS.has(verb),
  helper: (verb) => !DECISIONS.has(verb) && !APPROVALS.has(verb) && !OWNERS.has(verb),
  leader: (verb) => LOOKS.has(verb) || APPROVALS.has(verb),
  coordinator: (verb) => LOOKS.has(verb) || DECISIONS.has(verb),
  viewer: (verb) => LOOKS.has(verb),
};

/** The code stands in the chat, so it is short-lived (ms). */
const DEVICE_CODE_LASTS = 3_600_000;

/** A code that lets this same person in on another device or channel. */
function anotherDevice({ facts }: Turn): Outcome {
  const { person, fresh, now } = facts;
  if (!person) return stale;
  const expiresAt = new Date(Date.parse(now) + DEVICE_CODE_LASTS).toISOString();
  const change: Change = {
    type: 'invitation_set',
    invitation: {
      id: facts.digest(fresh),
      unit: person.unit,
      role: person.role,
      name: person.name,
      person: person.id,
      createdAt: now,
      expiresAt,
    },
  };
  return { say: [{ text: ME.deviceCode(fresh, facts.links(fresh)) }], changes: [change] };
}

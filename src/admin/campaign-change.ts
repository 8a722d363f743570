// campaign due, close, reopen: changes to a period that is already open, each with its reason, told to the officers concerned.
import type { Storage } from '../../storage/storage.ts';
import { type Campaign, campaignFor } from '../domain/campaign.ts';
import { instantOf } from '../domain/clock.ts';
import type { Message } from '../domain/conversation.ts';
import { reachedIn } from '../domain/people.ts';
import { periodName } from '../domain/period.ts';
import { clean } from '../domain/words.ts';
import { CAMPAIGN, REPORT } from '../text/admin.ts';
import { momentWords } from '../text/common.ts';
import { PERIOD } from '../text/period.ts';
import { type Command, type Context, type Outcome, store, withStore } from './command.ts';

const LONGEST_REASON = 500;

/** What the change makes of the campaign, whom it concerns and what they read; or why it cannot be made. */
type Changed =
  | { readonly fault: string }
  | {
      readonly campaign: Campaign;
      readonly units: readonly string[];
      readonly message: string;
      readonly line: string;
    };

type Ask = Readonly<Record<string, string>>;

/** A command that changes one campaign; `options` besides the campaign and the reason. */
const changing = (
  options: Command['options'],
  change: (campaign: Campaign, ask: Ask, reason: string, context: Context) => Changed,
): Command => ({
  options: { campaign: 'required', reason: 'required', ...options },
  run: ({ text }, context) =>
    withStore(context, async (storage): Promise<Outcome> => {
      const campaign = await storage.campaign(text.campaign ?? '');
      if (!campaign) return { faults: [CAMPAIGN.unknown(text.campaign ?? '')] };
      const reason = clean(text.reason ?? '').replace(/\s+/g, ' ');
      if (reason === '' || reason.length > LONGEST_REASON) return { faults: [CAMPAIGN.badReason] };
      const changed = change(campaign, text, reason, context);
      if ('fault' in changed) return { faults: [changed.fault] };
      return record(storage, changed, reason, context);
    }),
});

async function record(
  storage: Storage,
  { campaign, units, message, line }: Exclude<Changed, { fault: string }>,
  reason: string,
  context: Context,
): Promise<Outcome> {
  const told = await tell(storage, units, { text: [message] });
  const at = context.now.toISOString();
  const event = `campaign:${campaign.id}:${at}`;
  const change = { type: 'campaign_set', campaign, reason } as const;
  const fault = await store(storage, event, [change], context, told);
  if (fault !== undefined) return { faults: [fault] };
  return { lines: [line, CAMPAIGN.told(told.length)], json: { campaign, told: told.length } };
}

/** The message to every officer of these units who can be reached. */
async function tell(
  storage: Storage,
  units: readonly string[],
  message: Message,
): Promise<{ conversation: string; message: Message }[]> {
  const officers = (await storage.people()).filter(
    ({ role, unit }) => role === 'officer' && units.includes(unit),
  );
  return officers.flatMap((person) => {
    const conversation = reachedIn(person);
    return conversation === undefined ? [] : [{ conversation, message }];
  });
}

const due = changing({ due: 'required', unit: 'text' }, (campaign, ask, reason, { config }) => {
  const moment = instantOf(ask.due ?? '', config.TIMEZONE);
  if (moment === undefined) return { fault: CAMPAIGN.badDue(ask.due ?? '') };
  if (campaign.closedAt !== undefined) return { fault: CAMPAIGN.isClosed(campaign.id) };
  const { unit } = ask;
  if (unit !== undefined && !campaign.units.includes(unit))
    return { fault: REPORT.notInCampaign(unit, campaign.id) };
  const next: Campaign =
    unit === undefined
      ? { ...campaign, due: moment }
      : { ...campaign, extensions: { ...campaign.extensions, [unit]: moment } };
  const before = (unit === undefined ? campaign : campaignFor(campaign, unit)).due;
  const [was, words] = [before, moment].map((each) => momentWords(each, config.TIMEZONE));
  return {
    campaign: next,
    // Whoever has a deadline of their own keeps it.
    units: unit === undefined ? campaign.units.filter((each) => !campaign.extensions?.[each]) : [unit],
    message: PERIOD.moved(periodName(campaign.period), was ?? '', words ?? '', reason),
    line: CAMPAIGN.moved(campaign.id, unit, was ?? '', words ?? ''),
  };
});

const close = changing({}, (campaign, _ask, reason, { now }) =>
  campaign.closedAt === undefined
    ? {
        campaign: { ...campaign, closedAt: now.toISOString() },
        units: campaign.units,
        message: PERIOD.closed(periodName(campaign.period), reason),
        line: CAMPAIGN.closedNow(campaign.id),
      }
    : { fault: CAMPAIGN.isClosed(campaign.id) },
);

const reopen = changing({}, ({ closedAt, ...campaign }, _ask, reason) =>
  closedAt === undefined
    ? { fault: CAMPAIGN.isOpen(campaign.id) }
    : {
        campaign,
        units: campaign.units,
        message: PERIOD.reopened(periodName(campaign.period), reason),
        line: CAMPAIGN.reopened(campaign.id),
      },
);

export const changes: Readonly<Record<string, Command>> = { due, close, reopen };

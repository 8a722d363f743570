// campaign due, add, close, reopen: changes to a period that is already open, each with its reason, told to the officers concerned.
import type { Storage, Turn } from '../../storage/storage.ts';
import type { Campaign } from '../domain/campaign.ts';
import { instantOf } from '../domain/clock.ts';
import { periodName } from '../domain/period.ts';
import { closedAt, dueOf, extended, movedTo, openAgain, withUnits } from '../domain/period-change.ts';
import { clean } from '../domain/words.ts';
import { CAMPAIGN, REPORT } from '../text/admin.ts';
import { momentWords } from '../text/common.ts';
import { PERIOD } from '../text/period.ts';
import { newsTo, openingNews } from './campaign-news.ts';
import { type Command, type Context, type Outcome, store, templatesOf, withStore } from './command.ts';
import { chooseUnits } from './new-campaign.ts';

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
      const reason = reasonIn(text);
      if (reason === undefined) return { faults: [CAMPAIGN.badReason] };
      const changed = change(campaign, text, reason, context);
      if ('fault' in changed) return { faults: [changed.fault] };
      const told = await newsTo(storage, changed.units, { text: [changed.message] });
      return record(storage, changed, told, reason, context);
    }),
});

/** One line of words; undefined when there are none or too many. */
function reasonIn({ reason = '' }: Ask): string | undefined {
  const words = clean(reason).replace(/\s+/g, ' ');
  return words === '' || words.length > LONGEST_REASON ? undefined : words;
}

async function record(
  storage: Storage,
  { campaign, line }: { readonly campaign: Campaign; readonly line: string },
  told: Turn['outgoing'],
  reason: string,
  context: Context,
  notes: readonly string[] = [],
): Promise<Outcome> {
  const at = context.now.toISOString();
  const event = `campaign:${campaign.id}:${at}`;
  const change = { type: 'campaign_set', campaign, reason } as const;
  const fault = await store(storage, event, [change], context, told);
  if (fault !== undefined) return { faults: [fault] };
  return { lines: [line, CAMPAIGN.told(told.length)], json: { campaign, told: told.length }, notes };
}

const due = changing({ due: 'required', unit: 'text' }, (campaign, ask, reason, { config }) => {
  const moment = instantOf(ask.due ?? '', config.TIMEZONE);
  if (moment === undefined) return { fault: CAMPAIGN.badDue(ask.due ?? '') };
  if (campaign.closedAt !== undefined) return { fault: CAMPAIGN.isClosed(campaign.id) };
  const { unit } = ask;
  if (unit !== undefined && !campaign.units.includes(unit))
    return { fault: REPORT.notInCampaign(unit, campaign.id) };
  const { campaign: next, concerned } =
    unit === undefined ? movedTo(campaign, moment) : extended(campaign, unit, moment);
  const before = unit === undefined ? campaign.due : dueOf(campaign, unit);
  const [was, words] = [before, moment].map((each) => momentWords(each, config.TIMEZONE));
  return {
    campaign: next,
    units: concerned,
    message: PERIOD.moved(periodName(campaign.period), was ?? '', words ?? '', reason),
    line: CAMPAIGN.moved(campaign.id, unit, was ?? '', words ?? ''),
  };
});

const add: Command = {
  options: { campaign: 'required', units: 'required', reason: 'required' },
  async run({ text }, context) {
    const forms = await templatesOf(context);
    if ('faults' in forms) return forms;
    return withStore(context, async (storage): Promise<Outcome> => {
      const campaign = await storage.campaign(text.campaign ?? '');
      if (!campaign) return { faults: [CAMPAIGN.unknown(text.campaign ?? '')] };
      const { id, version } = campaign.template;
      const template = forms.templates.find((each) => each.id === id && each.version === version);
      const listed = { units: await storage.units(), campaigns: await storage.campaigns() };
      const chosen = chooseUnits(text.units ?? '', campaign.cutoff, listed);
      const reason = reasonIn(text);
      const faults = [
        ...(reason === undefined ? [CAMPAIGN.badReason] : []),
        ...(campaign.closedAt === undefined ? [] : [CAMPAIGN.isClosed(campaign.id)]),
        ...(template ? [] : [CAMPAIGN.noForm(`${id}@${version}`)]),
        ...chosen.faults,
      ];
      if (!template || reason === undefined || faults.length > 0) return { faults };
      const { campaign: next, concerned } = withUnits(campaign, chosen.units);
      if (concerned.length === 0) return { faults: [CAMPAIGN.noneAdded(campaign.id)] };
      const { TIMEZONE } = context.config;
      const news = await openingNews(storage, next, template, concerned, TIMEZONE, reason);
      const changed = { campaign: next, line: CAMPAIGN.added(campaign.id, concerned.length) };
      return record(storage, changed, news.told, reason, context, news.notes);
    });
  },
};

const close = changing({}, (campaign, _ask, reason, { now }) =>
  campaign.closedAt === undefined
    ? {
        campaign: closedAt(campaign, now.toISOString()).campaign,
        units: campaign.units,
        message: PERIOD.closed(periodName(campaign.period), reason),
        line: CAMPAIGN.closedNow(campaign.id),
      }
    : { fault: CAMPAIGN.isClosed(campaign.id) },
);

const reopen = changing({}, (campaign, _ask, reason) =>
  campaign.closedAt === undefined
    ? { fault: CAMPAIGN.isOpen(campaign.id) }
    : {
        campaign: openAgain(campaign).campaign,
        units: campaign.units,
        message: PERIOD.reopened(periodName(campaign.period), reason),
        line: CAMPAIGN.reopened(campaign.id),
      },
);

export const changes: Readonly<Record<string, Command>> = { due, add, close, reopen };

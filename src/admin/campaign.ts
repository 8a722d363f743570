// campaign create, campaign list (and the changes of campaign-change.ts): opening reporting periods and seeing where they stand.
import type { Storage } from '../../storage/storage.ts';
import type { Campaign } from '../domain/campaign.ts';
import { periodName } from '../domain/period.ts';
import type { Status } from '../domain/report.ts';
import { CAMPAIGN } from '../text/admin.ts';
import { dayWords, momentWords, STATUS } from '../text/common.ts';
import { changes } from './campaign-change.ts';
import { openingNews } from './campaign-news.ts';
import { type Command, store, table, templatesOf, withStore } from './command.ts';
import { newCampaign } from './new-campaign.ts';

const create: Command = {
  options: {
    template: 'required',
    period: 'required',
    due: 'required',
    units: 'required',
    cutoff: 'text',
    id: 'text',
    office: 'text',
    'pass-on': 'text',
    remind: 'text',
    approval: 'flag',
    silent: 'flag',
    force: 'flag',
  },
  async run({ text, flags }, context) {
    const { config, now } = context;
    const forms = await templatesOf(context);
    if ('faults' in forms) return forms;
    const { template = '', period = '', due = '', units = '', cutoff, id, office, remind } = text;
    const asked = {
      ...{ template, period, due, units, cutoff, id, office, remind, passOn: text['pass-on'] },
      ...{ approval: flags.has('approval'), force: flags.has('force') },
    };
    return withStore(context, async (storage) => {
      const made = newCampaign(asked, {
        templates: forms.templates,
        units: await storage.units(),
        campaigns: await storage.campaigns(),
        people: await storage.people(),
        invitations: await storage.invitations(),
        timezone: config.TIMEZONE,
        now: now.toISOString(),
      });
      if ('faults' in made) return made;
      const { campaign } = made;
      const event = `campaign:${campaign.id}:${campaign.createdAt}`;
      const news = flags.has('silent')
        ? { told: [], notes: [] }
        : await openingNews(storage, campaign, made.template, campaign.units, config.TIMEZONE);
      const changes = [{ type: 'campaign_set', campaign } as const];
      const fault = await store(storage, event, changes, context, news.told);
      if (fault !== undefined) return { faults: [fault] };
      const name = `${made.template.name} (${formOf(campaign)})`;
      const words = periodName(campaign.period, made.template.periodWording);
      const dueWords = momentWords(campaign.due, config.TIMEZONE);
      return {
        lines: [
          CAMPAIGN.created(campaign.id, name, words),
          CAMPAIGN.when(dueWords, dayWords(campaign.cutoff)),
          CAMPAIGN.units(campaign.units.length),
          ...(flags.has('silent') ? [] : [CAMPAIGN.told(news.told.length)]),
        ],
        json: { campaign, told: news.told.length },
        notes: [...made.notes, ...news.notes],
      };
    });
  },
};

const formOf = ({ template }: Campaign): string => `${template.id}@${template.version}`;

const list: Command = {
  options: {},
  run: (_args, context) =>
    withStore(context, async (storage) => {
      const campaigns = [...(await storage.campaigns())].sort((a, b) => (a.due < b.due ? -1 : 1));
      const counted = [];
      for (const campaign of campaigns) counted.push({ campaign, counts: await countsOf(storage, campaign) });
      const rows = counted.map(({ campaign, counts }) => [
        campaign.id,
        formOf(campaign),
        periodName(campaign.period),
        momentWords(campaign.due, context.config.TIMEZONE),
        dayWords(campaign.cutoff),
        String(campaign.units.length),
        stateOf(campaign, counts),
      ]);
      return {
        lines: rows.length > 0 ? table(CAMPAIGN.columns, rows) : [CAMPAIGN.none],
        json: { campaigns: counted.map(({ campaign, counts }) => ({ ...campaign, counts })) },
      };
    }),
};

/** How many units stand where; a unit nobody has begun for has no report yet. */
async function countsOf(storage: Storage, campaign: Campaign): Promise<Record<Status, number>> {
  const counts: Record<Status, number> = {
    ...{ notStarted: 0, inProgress: 0, awaiting: 0, submitted: 0, accepted: 0, returned: 0 },
  };
  const reports = new Map((await storage.reports(campaign.id)).map((report) => [report.unit, report.status]));
  for (const unit of campaign.units) counts[reports.get(unit) ?? 'notStarted'] += 1;
  return counts;
}

function stateOf(campaign: Campaign, counts: Readonly<Record<Status, number>>): string {
  const words = (Object.keys(STATUS) as Status[])
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${STATUS[status]}`)
    .join(', ');
  const marks = [
    ...(campaign.sample ? [CAMPAIGN.sample] : []),
    ...(campaign.closedAt ? [CAMPAIGN.closed] : []),
  ];
  return [words, ...marks].join(' ');
}

export const commands: Readonly<Record<string, Command>> = { create, list, ...changes };

// The history of a report as a list to keep: everything that was ever recorded, the newest first.
import type { Storage } from '../../storage/storage.ts';
import { happeningsOf } from '../domain/history.ts';
import type { Template } from '../domain/template.ts';
import { plainSheet } from '../sheets/plain-table.ts';
import { periodWords } from '../text/common.ts';
import { HISTORY, historyCells } from '../text/history.ts';
import { historyLine } from '../text/history-line.ts';
import { ownName } from '../text/row-names.ts';
import { openStored, templateOf } from './appendix.ts';
import type { Made } from './made.ts';
import { NAMES } from './names.ts';

type Parts = {
  readonly storage: Storage;
  readonly templates: readonly Template[];
  readonly timezone: string;
};

/** Rejects when the report, its form or the indicator is unknown. */
export async function historyOf(
  { storage, templates, timezone }: Parts,
  { history: id, indicator }: { readonly history: string; readonly indicator?: string },
): Promise<Made> {
  const { report, campaign, unit } = await openStored(storage, id);
  const template = templateOf(templates, report.template);
  const row = indicator === undefined ? undefined : template.byId.get(indicator);
  if (indicator !== undefined && row === undefined)
    throw new Error(`report ${id}: its form has no indicator ${indicator}`);
  const [ofReport, ofCampaign, people] = await Promise.all([
    storage.history(id),
    storage.history(`campaign:${campaign.id}`),
    storage.people(),
  ]);
  const asked = { unit: unit.id, template, ...(indicator !== undefined && { indicator }) };
  const happenings = happeningsOf(ofReport, ofCampaign, asked);
  const at = happenings[0]?.recorded.at ?? campaign.createdAt;
  const told = { template, unit: unit.id, people, timezone };
  const sheet = plainSheet({
    name: HISTORY.table.sheet,
    title: [
      HISTORY.table.title,
      `${unit.name} – ${periodWords(campaign, template)}`,
      ...(row ? [ownName(template, row, 120)] : []),
      HISTORY.table.until(at, timezone),
    ],
    columns: HISTORY.table.columns,
    rows: happenings.map((each) => historyCells(historyLine(each, told))),
  });
  return { name: NAMES.history(unit, campaign), table: { sheets: [sheet] }, at };
}

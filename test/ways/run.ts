// Fills every document by every way on every channel, hands each report in, and keeps what came out and what it took.
import type { Answer, Report } from '../../src/domain/report.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';
import { filledDocuments } from '../sheets/documents.ts';
import { readDocument } from '../support/officer.ts';
import { allTemplates } from '../support/world.ts';
import { letPass, passThrough } from '../support/zalo-handing-in.ts';
import { carry } from './carry.ts';
import { type Counts, quiet } from './desk.ts';
import { dialog } from './dialog.ts';
import { type ChannelName, type Opening, openOffice } from './office.ts';
import { paste } from './paste.ts';
import { screens } from './screens.ts';
import { sheet } from './sheet.ts';
import type { Way } from './task.ts';

export const DOCUMENTS = [
  'ubnd-thi-xa-nga-nam',
  'so-ngoai-vu',
  'so-cong-thuong-ha-nam',
  'so-cong-thuong-soc-trang',
  'so-tai-chinh-soc-trang',
] as const;

const WAYS = { dialog, screens, paste, sheet, carry } satisfies Readonly<Record<string, Way>>;
export type WayName = keyof typeof WAYS;
const WAY_NAMES = Object.keys(WAYS) as WayName[];

/** One filled form: `counts` from the first question to the receipt, `table` the spreadsheet that came with it. */
export type Run = {
  readonly document: string;
  readonly template: Template;
  readonly way: WayName;
  readonly channel: ChannelName;
  readonly counts: Counts;
  readonly table: Uint8Array;
  readonly report: Report;
};

/** How many officers are at work at the same moment. */
const AT_ONCE = 6;
/** So many values are other ones than in the period before. */
const CHANGED = 5;

/** Nothing can be sent to the Zalo Bot but words. */
const isPossible = (way: WayName, channel: ChannelName): boolean => way !== 'sheet' || channel !== 'zalo-bot';

/** `wanted` says which ways are gone on which channels. */
export async function runAll(
  channels: readonly ChannelName[],
  wanted: (way: WayName, channel: ChannelName) => boolean = () => true,
): Promise<readonly Run[]> {
  const filled = await filledDocuments();
  const templates = await allTemplates();
  const plans = DOCUMENTS.flatMap((document) => {
    const template = templates.find(({ id }) => id === document);
    const report = filled.find(({ id }) => id === document)?.appendix.report;
    if (!template || !report) throw new Error(`no form ${document}`);
    return channels.flatMap((channel) =>
      WAY_NAMES.filter((way) => isPossible(way, channel) && wanted(way, channel)).map((way) =>
        planOf(document, template, report, way, channel),
      ),
    );
  });
  const office = await openOffice(plans.map(({ opening }) => opening));
  try {
    const coordinator = await office.coordinator();
    const decide = oneByOne();
    const done: Omit<Run, 'report'>[] = [];
    const left = [...plans];
    const work = async (): Promise<void> => {
      for (let plan = left.shift(); plan; plan = left.shift()) {
        const { opening, template, way, channel, changed } = plan;
        const desk = await office.enter(opening);
        const document = readDocument(opening.document);
        await WAYS[way]({ desk, template, document, changed });
        await quiet(desk);
        await passThrough(desk, () => decide(() => letPass(desk, coordinator)));
        const table = await desk.table();
        await quiet(desk);
        done.push({ document: opening.document, template, way, channel, counts: desk.counts(), table });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const reports = await office.end();
    return done.map((run) => {
      const report = reports.get(idOf(run));
      if (!report) throw new Error(`nothing is stored of ${idOf(run)}`);
      return { ...run, report };
    });
  } catch (error) {
    throw new Error(`${error}\n${office.output().split('\n').slice(-20).join('\n')}`);
  } finally {
    await office.close();
  }
}

const idOf = ({ document, way, channel }: Pick<Run, 'document' | 'way' | 'channel'>): string =>
  `${document}-${way}-${channel}`;

type Plan = Pick<Run, 'template' | 'way' | 'channel'> & {
  readonly opening: Opening;
  readonly changed: readonly Indicator[];
};

function planOf(
  document: string,
  template: Template,
  { answers, notes }: Pick<Report, 'answers' | 'notes'>,
  way: WayName,
  channel: ChannelName,
): Plan {
  const opening = { id: idOf({ document, way, channel }), document, channel };
  if (way !== 'carry') return { template, way, channel, opening, changed: [] };
  const figures = template.indicators.filter(
    ({ id, type }) => type === 'count' && answers[id]?.value?.is === 'number',
  );
  const changed = Array.from(
    { length: CHANGED },
    (_, n) => figures[Math.floor((n * figures.length) / CHANGED)],
  ).flatMap((row) => row ?? []);
  const other = changed.map(({ id }): [string, Answer] => {
    const answer = answers[id];
    if (answer?.value?.is !== 'number') throw new Error(`${id} has no figure`);
    return [id, { ...answer, value: { ...answer.value, number: answer.value.number + 1 } }];
  });
  const earlier = { answers: { ...answers, ...Object.fromEntries(other) }, notes };
  return { template, way, channel, changed, opening: { ...opening, earlier } };
}

/** The coordinator does one thing after the other. */
function oneByOne(): (what: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (what) => {
    const next = last.then(what);
    last = next.catch(() => {});
    return next;
  };
}

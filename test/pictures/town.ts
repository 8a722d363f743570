// Reports of one town as its officers find them: what the town really reported, partly there already, and the period before.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/codes.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Invitation, Unit } from '../../src/domain/people.ts';
import { type Period, parsePeriod } from '../../src/domain/period.ts';
import type { Answer } from '../../src/domain/report.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';
import { readAnswer } from '../../src/indicators/index.ts';
import { openStorage } from '../../storage/open.ts';
import { allTemplates } from '../support/world.ts';

const FORM = 'ubnd-thi-xa-nga-nam';
const DOCUMENT = join(import.meta.dirname, `../documents/${FORM}.tsv`);
const OPENED = '2022-09-01T01:00:00.000Z';
const EXPIRES = '2022-09-21T01:00:00.000Z';

type Invite = { readonly code: string; readonly invitation: Invitation };
/** A scene, named as its unit: which rows have their figure already, whether there is a period before, and who comes. */
export type Scene = {
  readonly name: string;
  /** True for the indicators that are answered before anybody comes. */
  readonly given?: (indicator: Indicator) => boolean;
  readonly people?: readonly string[];
};

/** Puts the scenes into an empty store, each with a unit of its own; the codes of its people by the scene's name. */
export async function prepareTown(
  dataDir: string,
  scenes: readonly Scene[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const template = (await allTemplates()).find(({ id }) => id === FORM);
  const [now, before] = [parsePeriod('2022-Q3'), parsePeriod('2022-Q2')];
  if (!template || !now || !before) throw new Error('the form is gone');
  const units = scenes.map(({ name }): Unit => ({ id: name, name: 'UBND thị xã Ngã Năm', kind: 'thị xã' }));
  const campaign: Campaign = {
    ...{ id: 'quy-3', template: { id: template.id, version: template.version }, period: now },
    ...{ due: '2022-09-16T09:00:00.000Z', cutoff: '2022-09-14', createdAt: OPENED },
    units: units.map(({ id }) => id),
  };
  const last = { ...campaign, id: 'quy-2', period: before, cutoff: '2022-06-14', closedAt: OPENED };
  const invites = new Map(
    scenes.map(({ name, people = ['Trần Thị Hoa'] }) => [name, people.map((each) => inviteOf(name, each))]),
  );
  const town = { template, answers: answersOf(template, now) };
  const storage = await openStorage({ dataDir });
  await storage.commit({
    ...{ event: 'pictures', at: OPENED, by: 'operator', conversation: 'operator:pictures', outgoing: [] },
    changes: [
      ...units.map((unit): Change => ({ type: 'unit_set', unit })),
      ...[last, campaign].map((each): Change => ({ type: 'campaign_set', campaign: each })),
      ...[...invites.values()]
        .flat()
        .map(({ invitation }): Change => ({ type: 'invitation_set', invitation })),
      ...scenes.flatMap(({ name, given = () => false }) => [
        ...reportOf(town, 'quy-2', name, () => true),
        ...reportOf(town, 'quy-3', name, given),
      ]),
    ],
    expects: {
      reports: Object.fromEntries(
        scenes.flatMap(({ name }) => [`quy-2/${name}`, `quy-3/${name}`].map((id) => [id, 0])),
      ),
    },
  });
  await storage.close();
  return new Map([...invites].map(([name, each]) => [name, each.map(({ code }) => code)]));
}

function inviteOf(unit: string, name: string): Invite {
  const code = randomBytes(16).toString('hex');
  const invitation = {
    id: sha256(code),
    unit,
    role: 'officer',
    name,
    createdAt: OPENED,
    expiresAt: EXPIRES,
  } as const;
  return { code, invitation };
}

type Town = { readonly template: Template; readonly answers: ReadonlyMap<string, Answer> };

function reportOf(
  { template, answers }: Town,
  campaign: string,
  unit: string,
  isGiven: (indicator: Indicator) => boolean,
): Change[] {
  const report = `${campaign}/${unit}`;
  const given = template.indicators.filter(isGiven).flatMap((indicator): Change[] => {
    const answer = answers.get(indicator.id);
    return answer ? [{ type: 'answer_set', report, indicator: indicator.id, answer, was: null }] : [];
  });
  if (given.length === 0) return [];
  return [
    {
      type: 'report_started',
      report,
      campaign,
      unit,
      template: { id: template.id, version: template.version },
    },
    ...given,
  ];
}

/** What the town reported, by indicator: what is read without a doubt; an empty cell was left blank. */
function answersOf(template: Template, period: Period): ReadonlyMap<string, Answer> {
  const lines = readFileSync(DOCUMENT, 'utf8').split('\n');
  const found = lines.flatMap((line): [string, Answer][] => {
    const [id = '', , , , value = ''] = line.split('\t');
    const row = template.byId.get(id);
    if (row?.row !== 'indicator') return [];
    const stamp = { by: 'operator', at: OPENED, event: 'pictures' };
    if (value.trim() === '') return [[id, { ...stamp, value: { is: 'blank' } }]];
    const reading = readAnswer(value.trim(), row, { period, peers: [] });
    return reading.is === 'accept' ? [[id, { ...stamp, value: reading.value }]] : [];
  });
  return new Map(found);
}

// Five real documents typed into the chat by a simulated officer: the table that comes out is the document, cell by cell.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../flows/findings.ts';
import { openReport } from '../flows/flow.ts';
import type { Message } from '../src/domain/conversation.ts';
import type { Finding } from '../src/domain/finding.ts';
import type { Template } from '../src/domain/template.ts';
import { createFiles } from '../src/files/files.ts';
import { warningText } from '../src/text/findings.ts';
import {
  type Chat,
  type Document,
  differences,
  expectedCells,
  fillForm,
  readDocument,
  type Told,
} from './support/officer.ts';
import { storedCells } from './support/stored.ts';
import { allTemplates, buttonsOf, createWorld, plain, TIMEZONE, type World } from './support/world.ts';

const DOCUMENTS = [
  'ubnd-thi-xa-nga-nam',
  'so-ngoai-vu',
  'so-cong-thuong-ha-nam',
  'so-cong-thuong-soc-trang',
  'so-tai-chinh-soc-trang',
];

/** What each document holds that cannot simply be accepted; everything else must be, without asking back. */
const DOUBTS: Readonly<Record<string, readonly string[]>> = {
  'so-ngoai-vu': [
    'nhiem-vu-de-ra: 21 nhiệm vụ cụ thể',
    'nhiem-vu-hoan-thanh: 08/21',
    'khao-sat-hinh-thuc: 0',
    'quy-trinh-phe-duyet: 6',
    'lien-thong-van-ban: Sở thực hiện gửi VB cho các đơn vị có trên Idesk',
  ],
  'so-cong-thuong-ha-nam': ['ket-qua-giai-quyet: 16.181 /16.183'],
  'so-tai-chinh-soc-trang': ['dvc3-ho-so-ty-le: Chưa phát sinh hồ sơ'],
};

const shown = (message: Message) => ({
  text: message.text.map((span) => (typeof span === 'string' ? span : span.bold)).join(''),
  bold: message.text.flatMap((span) => (typeof span === 'string' ? [] : [span.bold])),
  buttons: buttonsOf(message),
});

const chatIn = (world: World, conversation: string): Chat => ({
  said: () => world.transcript(conversation).map(shown),
  say: async (text) => void (await world.say(conversation, text, world.nextId())),
  press: async (action) => void (await world.press(conversation, action)),
  news: async () => {
    throw new Error(
      `nothing was said to ask on:\n${world.transcript(conversation).slice(-4).map(plain).join('\n---\n')}`,
    );
  },
});

type Replay = {
  readonly world: World;
  readonly template: Template;
  readonly conversation: string;
  readonly told: Told;
  readonly findings: readonly Finding[];
};

async function replay(document: Document, seed: number): Promise<Replay> {
  const { id: template, unit, period } = document;
  const world = await createWorld({ template, unit, period, now: '2024-06-10T01:00:00Z' });
  const conversation = await world.join('Lan');
  const told = await fillForm(chatIn(world, conversation), world.template, document, seed);
  const facts = await world.facts(conversation);
  const opened = openReport(facts, (await world.report()).id);
  if (!opened) throw new Error('the report cannot be opened');
  return { world, template: world.template, conversation, told, findings: findingsOf(facts, opened) };
}

type Expected = readonly { rule: string; severity: string }[];
const expectedFindings = (id: string): Expected =>
  JSON.parse(readFileSync(new URL(`./documents/${id}.findings.json`, import.meta.url), 'utf8')) as Expected;
const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort();

/** The same seed makes the same choices: which codes are pressed and which typed, which notes go ahead on their own. */
const RUNS = DOCUMENTS.flatMap((id) => [1, 2, 3].map((seed) => [id, seed] as const));

describe.each(RUNS)('%s, typed as an officer would (%i)', async (id, seed) => {
  const document = readDocument(id);
  const { world, template, conversation, told, findings } = await replay(document, seed);
  const report = await world.report();

  it('asks every indicator once, in printed order', () => {
    expect(told.asked).toEqual(template.indicators.map((row) => row.id));
  });

  it('asks back only for what is not plainly a figure or a code', () => {
    // A code that was pressed, not typed, is in no doubt.
    const typed = (doubt: string) => {
      const row = template.byId.get(doubt.split(':')[0] ?? '');
      return row?.row === 'indicator' && row.type !== 'choice';
    };
    const expected = DOUBTS[id] ?? [];
    expect(told.doubts.filter(typed)).toEqual(expected.filter(typed));
    expect(expected).toEqual(expect.arrayContaining([...told.doubts]));
  });

  it('stores every figure, word and note of the document', () => {
    const stored = document.lines.map((line) => [line.id, ...storedCells(report, line.id)]);
    expect(stored).toEqual(
      document.lines.map((line) => [line.id, ...expectedCells(line, template).slice(3)]),
    );
  });

  it('keeps an empty cell as left blank, not as unanswered', () => {
    const empty = document.lines.filter(
      ({ id: row, value }) => value === '' && template.byId.get(row)?.row === 'indicator',
    );
    expect(empty.map((line) => report.answers[line.id]?.value)).toEqual(empty.map(() => ({ is: 'blank' })));
  });

  it('records each answer as often as it was given', async () => {
    const recorded = new Map<string, number>();
    for (const { change } of await world.storage.history(report.id))
      if (change.type === 'answer_set')
        recorded.set(change.indicator, (recorded.get(change.indicator) ?? 0) + 1);
    expect([...recorded].sort()).toEqual([...told.given].sort());
  });

  it('raises exactly the hard findings while the form is filled', () => {
    const raised = world
      .transcript(conversation)
      .flatMap((message) => shown(message).text.split('\n\n'))
      .filter((text) => text.startsWith('✗'));
    const hard = new Set(
      expectedFindings(id)
        .filter(({ severity }) => severity === 'hard')
        .map(({ rule }) => rule),
    );
    const words = findings
      .filter((each) => hard.has(each.id))
      .map((each) => shown({ text: warningText(template, each) }).text);
    expect(words).toHaveLength(hard.size);
    expect(sorted(raised)).toEqual(sorted(words));
  });

  it('finds the known mistakes in the review and no other rule broken', () => {
    const rules = findings
      .filter(({ kind }) => kind === 'rule')
      .map(({ id: rule, severity }) => `${severity} ${rule}`);
    expect(rules.sort()).toEqual(
      expectedFindings(id)
        .map(({ rule, severity }) => `${severity} ${rule}`)
        .sort(),
    );
    expect(findings.filter(({ kind, severity }) => kind !== 'rule' && severity === 'hard')).toEqual([]);
  });

  it('prints the document cell by cell in the .xlsx', async () => {
    const parts = { storage: world.storage, templates: await allTemplates(), timezone: TIMEZONE };
    const { bytes } = await createFiles(parts).make({ report: report.id }, 'xlsx');
    expect(await differences(bytes, document, template)).toEqual([]);
  });
});

describe('A note that goes ahead of its figure', () => {
  it('stays when the figure brings words of its own', async () => {
    const { unit, period } = readDocument('so-ngoai-vu');
    const world = await createWorld({ template: 'so-ngoai-vu', unit, period, now: '2023-06-10T01:00:00Z' });
    const lan = await world.join('Lan');
    await world.say(lan, '/ghichu theo Kế hoạch số 5');
    await world.say(lan, '21 nhiệm vụ cụ thể');
    await world.press(lan, 'Ghi 21');
    const answer = (await world.report()).answers['nhiem-vu-de-ra'];
    expect(answer?.value).toEqual({ is: 'number', number: 21, decimals: 0 });
    expect(answer?.note).toContain('cụ thể');
    expect(answer?.note).toContain('theo Kế hoạch số 5');
  });
});

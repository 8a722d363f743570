// How a walk begins: its store, who is in, and a report that is already somewhere.
import type { Change } from '../../src/domain/change.ts';
import { reportId, type Value } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { COORDINATE } from '../../src/text/coordinate.ts';
import {
  fateOf,
  loadedFrom,
  look,
  reportIdsOf,
  sessionsOf,
  transcriptOf,
  unsentOf,
  wantedBy,
} from '../../storage/look.ts';
import { memoryStorage } from '../../storage/memory.ts';
import { emptyState } from '../../storage/state.ts';
import type { Storage } from '../../storage/storage.ts';
import { settle } from '../../storage/talk.ts';
import { applyTurn } from '../../storage/turn.ts';
import { expectedCells } from '../support/officer.ts';
import { plain } from '../support/world.ts';
import {
  comeIn,
  conversationOf,
  document,
  fullName,
  isOfficeWalk,
  MEMBERS,
  type Name,
  newWalk,
  remember,
  setCampaign,
  type Walk,
} from './walk.ts';

/** The memory store without its copies, which take longer than everything else; every fifth walk goes through JSON and back. */
function quickStorage(): Storage {
  const state = emptyState();
  return {
    ...memoryStorage(),
    load: async (ask) => {
      const looked = look(state, ask);
      const reports = wantedBy(looked).map((id) => state.reports.get(id));
      return loadedFrom(looked, reports);
    },
    commit: async (turn) => applyTurn(state, turn),
    unsent: async () => unsentOf(state),
    markSent: async (id, delivery) => settle(state, id, delivery, 0),
    transcript: async (conversation, after, limit) =>
      transcriptOf(state.talks.get(conversation), after, limit),
    history: async (report) => state.history.get(report) ?? [],
    report: async (id) => state.reports.get(id),
    reports: async (campaign) => reportIdsOf(state, campaign).flatMap((id) => state.reports.get(id) ?? []),
    campaign: async (id) => state.campaigns.get(id),
    campaigns: async () => [...state.campaigns.values()],
    units: async () => [...state.units.values()],
    people: async () => [...state.people.values()],
    invitations: async () => [...state.invitations.values()],
    sessions: async () => sessionsOf(state),
    session: async (conversation) => state.talks.get(conversation)?.session,
    fate: async (conversation, id) => fateOf(state, conversation, id),
  };
}

/** Who is in from the beginning where the coordinators do not do most. */
const FIRST: readonly Name[] = ['Lan', 'Minh', 'Dau', 'Duc'];

/** A walk at its first step: everybody is in, and the report is as the seed says. */
export async function begin(seed: number): Promise<Walk> {
  const walk = await newWalk(seed, seed % 5 === 0 ? memoryStorage() : quickStorage());
  for (const name of MEMBERS)
    if (name !== 'Ut' && (isOfficeWalk(walk) || FIRST.includes(name))) await comeIn(walk, name);
  if (isOfficeWalk(walk)) await othersHaveSent(walk);
  if (seed % 8 < 2) await lastPeriod(walk);
  await setTheScene(walk);
  // What stands in the way of sending must stay the newest that was said.
  if (seed % 3 > 0 && seed % 8 !== 5) await giveASection(walk);
  if (isOfficeWalk(walk)) await beginInTheOffice(walk);
  walk.turns.length = 0;
  return walk;
}

/**
 * Scenes that a walk alone would hardly reach: a filled form, one with a contradiction, one sent, one taken in, one that waits for
 * the leader, and one that is being given back, or was, point by point.
 */
async function setTheScene(walk: Walk): Promise<void> {
  const { seed, world } = walk;
  const scene = seed % 8;
  if (scene === 0) return;
  await fillIn(walk, scene);
  const lan = conversationOf(walk, 'Lan');
  const dau = conversationOf(walk, 'Dau');
  remember(walk, lan, await world.say(lan, '/start'));
  if (scene === 1) remember(walk, lan, await world.say(lan, '/ghichu đang rà soát'));
  if (scene === 7) {
    remember(walk, lan, await world.say(lan, '/sua xử lý kỷ luật cán bộ'));
    remember(walk, lan, await world.say(lan, '/cho Phòng Nội vụ đến thứ sáu'));
    remember(walk, lan, await world.say(lan, '/sua xử lý kỷ luật cán bộ'));
  }
  if (scene === 2) await askForApproval(walk);
  if (scene >= 2 && scene <= 6) remember(walk, lan, await world.say(lan, '/nop'));
  if (seed % 16 === 13) {
    const asked = await world.press(lan, 'Số liệu đúng, xin ý kiến');
    remember(walk, lan, asked);
    remember(walk, dau, asked);
    remember(walk, dau, await world.press(dau, COORDINATE.override));
  }
  if (scene >= 2 && scene <= 6 && scene !== 5) {
    remember(walk, lan, await world.press(lan, 'Đã kiểm tra, số liệu đúng'));
    remember(walk, lan, await world.press(lan, 'Xác nhận nộp'));
    if (scene === 4) remember(walk, dau, await world.press(dau, 'Tiếp nhận'));
  }
  if (scene === 6) await giveBack(walk, dau);
}

/** What the unit answered in a period before, which is closed: its values may be kept. */
async function lastPeriod({ world: { template, campaign, storage } }: Walk): Promise<void> {
  const report = 'k0/u1';
  const stamp = { by: 'test', at: campaign.createdAt, event: 'last period' };
  const old = { ...campaign, id: 'k0', units: ['u1'], cutoff: '2022-01-01', closedAt: campaign.createdAt };
  const changes: Change[] = [
    { type: 'campaign_set', campaign: old },
    { type: 'report_started', report, campaign: 'k0', unit: 'u1', template: campaign.template },
    ...template.indicators.map((row): Change => {
      const answer = { ...stamp, value: printedValue(row) };
      return { type: 'answer_set', report, indicator: row.id, answer, was: null };
    }),
  ];
  await storage.commit({
    ...{ event: 'last period', at: stamp.at, by: 'test', conversation: 'operator:test', changes },
    ...{ outgoing: [], expects: { reports: { [report]: 0 } } },
  });
}

/** Ut fills the first section, or, in some walks, a group of it and the second; nobody does where the report is already away. */
async function giveASection(walk: Walk): Promise<void> {
  const { world, seed } = walk;
  const lan = conversationOf(walk, 'Lan');
  if (walk.sessions.get(lan)?.person === undefined) await comeIn(walk, 'Lan');
  const what = seed % 2 === 0 ? 'I' : 'I.1, II';
  const said = await world.say(lan, `/giao ${what} cho ${fullName('Ut')}`);
  remember(walk, lan, said);
  const code = said.flatMap(({ message }) => /\/start (\S+)/.exec(plain(message))?.[1] ?? [])[0];
  const ut = conversationOf(walk, 'Ut');
  if (code !== undefined) remember(walk, ut, await world.say(ut, `/start ${code}`));
}

/** Long conversations that a walk would seldom begin by itself. */
async function beginInTheOffice(walk: Walk): Promise<void> {
  const who = conversationOf(walk, walk.seed % 2 === 0 ? 'Dau' : 'Chi');
  const command = ['/moky', '/ky', '/nhac', '/nguoi x1', '/ky'][walk.seed % 5] ?? '';
  remember(walk, who, await walk.world.say(who, command));
  if (command === '/ky') remember(walk, who, await walk.world.press(who, '6 tháng'));
}

/** The period wants the unit's leader to approve. */
async function askForApproval({ world }: Walk): Promise<void> {
  const now = await world.storage.campaign(world.campaign.id);
  await setCampaign(world, { ...(now ?? world.campaign), approval: true });
}

/** What other units have sent without a warning: in some walks one of them was taken in. */
async function othersHaveSent({ seed, world: { template, campaign, storage } }: Walk): Promise<void> {
  const stamp = { by: 'test', at: campaign.createdAt, event: 'others' };
  for (const unit of seed % 2 === 0 ? ['x1', 'x2'] : ['x2', 'p1']) {
    const report = reportId(campaign.id, unit);
    const [first] = template.indicators;
    if (!first) continue;
    const submission = { ...stamp, version: 1, values: 1, checkCode: 'ABCD', warnings: 0, overrides: 0 };
    const answer = { ...stamp, value: { is: 'number', number: 7, decimals: 0 } as const };
    const changes: Change[] = [
      { type: 'report_started', report, campaign: campaign.id, unit, template: campaign.template },
      { type: 'answer_set', report, indicator: first.id, answer, was: null },
      { type: 'submitted', report, submission },
      ...(seed % 4 === 1 && unit === 'p1' ? [{ type: 'accepted', report } as const] : []),
    ];
    await storage.commit({
      ...{ event: `others:${unit}`, at: stamp.at, by: 'test', conversation: 'operator:test', changes },
      ...{ outgoing: [], expects: { reports: { [report]: 0 } } },
    });
  }
}

/** Two indicators are named; in every other walk the report has gone back with them. */
async function giveBack(walk: Walk, dau: string): Promise<void> {
  const { world, seed } = walk;
  const [first, second] = world.template.indicators;
  remember(walk, dau, await world.press(dau, 'Trả lại'));
  remember(
    walk,
    dau,
    await world.say(dau, `${first?.label}: đề nghị xem lại\n${second?.label}: sai đơn vị tính`),
  );
  if (seed % 16 === 6) remember(walk, dau, await world.say(dau, 'gửi trả lại'));
}

async function fillIn({ world: { template, campaign, storage } }: Walk, scene: number): Promise<void> {
  const report = `${campaign.id}/u1`;
  const stamp = { by: 'test', at: campaign.createdAt, event: 'scene' };
  const left = scene === 1 ? template.indicators.slice(-3) : [];
  const set = template.indicators
    .filter((row) => !left.includes(row))
    .map((row): Change => {
      const value =
        scene === 7 && (row === template.indicators[4] || row.id === 'ky-luat')
          ? ({ is: 'pending' } as const)
          : printedValue(row);
      const wrong =
        scene === 5 && row.id === 'duoc-giao-dung-han'
          ? ({ is: 'number', number: 99, decimals: 0 } as const)
          : value;
      return { type: 'answer_set', report, indicator: row.id, answer: { ...stamp, value: wrong }, was: null };
    });
  const started: Change = {
    type: 'report_started',
    report,
    campaign: campaign.id,
    unit: 'u1',
    template: campaign.template,
  };
  await storage.commit({
    ...{ event: 'scene', at: stamp.at, by: 'test', conversation: 'operator:test' },
    ...{ changes: [started, ...set], outgoing: [], expects: { reports: { [report]: 0 } } },
  });
}

function printedValue(row: Indicator): Value {
  const line = document.lines.find((each) => each.id === row.id);
  const cell = line ? expectedCells(line, { byId: new Map([[row.id, row]]) })[3] : '';
  if (typeof cell !== 'number') return { is: 'blank' };
  if (row.type === 'choice') return { is: 'choice', code: cell };
  return { is: 'number', number: cell, decimals: String(cell).split('.')[1]?.length ?? 0 };
}

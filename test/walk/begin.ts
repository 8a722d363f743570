// How a walk begins: its store, who is in, and a report that is already somewhere.
import type { Change } from '../../src/domain/change.ts';
import type { Value } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { loadedFrom, look, sessionsOf, transcriptOf, unsentOf } from '../../storage/look.ts';
import { memoryStorage } from '../../storage/memory.ts';
import { emptyState } from '../../storage/state.ts';
import type { Storage } from '../../storage/storage.ts';
import { settle } from '../../storage/talk.ts';
import { applyTurn } from '../../storage/turn.ts';
import { expectedCells } from '../support/officer.ts';
import { comeIn, conversationOf, document, MEMBERS, newWalk, remember, type Walk } from './walk.ts';

/** The memory store without its copies, which take longer than everything else; every fifth walk goes through JSON and back. */
function quickStorage(): Storage {
  const state = emptyState();
  return {
    ...memoryStorage(),
    load: async (ask) => {
      const looked = look(state, ask);
      const previous = looked.previous.map(({ report }) => state.reports.get(report));
      return loadedFrom(looked, previous);
    },
    commit: async (turn) => applyTurn(state, turn),
    unsent: async () => unsentOf(state),
    markSent: async (id, delivery) => settle(state, id, delivery, 0),
    transcript: async (conversation, after, limit) =>
      transcriptOf(state.talks.get(conversation), after, limit),
    history: async (report) => state.history.get(report) ?? [],
    report: async (id) => state.reports.get(id),
    people: async () => [...state.people.values()],
    invitations: async () => [...state.invitations.values()],
    sessions: async () => sessionsOf(state),
  };
}

/** A walk at its first step: everybody is in, and the report is as the seed says. */
export async function begin(seed: number): Promise<Walk> {
  const walk = await newWalk(seed, seed % 5 === 0 ? memoryStorage() : quickStorage());
  for (const name of MEMBERS) await comeIn(walk, name);
  await setTheScene(walk);
  return walk;
}

/** Scenes that a walk alone would hardly reach: a filled form, one with a contradiction, one sent, one taken in. */
async function setTheScene(walk: Walk): Promise<void> {
  const { seed, world, turns } = walk;
  const scene = seed % 8;
  if (scene === 0) return;
  await fillIn(walk, scene);
  const lan = conversationOf(walk, 'Lan');
  const dau = conversationOf(walk, 'Dau');
  remember(walk, lan, await world.say(lan, '/start'));
  if (scene === 1) remember(walk, lan, await world.say(lan, '/ghichu đang rà soát'));
  if (scene >= 3 && scene <= 5) remember(walk, lan, await world.say(lan, '/nop'));
  if (scene >= 3 && scene <= 4) {
    remember(walk, lan, await world.press(lan, 'Đã kiểm tra, số liệu đúng'));
    remember(walk, lan, await world.press(lan, 'Xác nhận nộp'));
    if (scene === 4) remember(walk, dau, await world.press(dau, 'Tiếp nhận'));
  }
  turns.length = 0;
}

async function fillIn({ world: { template, campaign, storage } }: Walk, scene: number): Promise<void> {
  const report = `${campaign.id}/u1`;
  const stamp = { by: 'test', at: campaign.createdAt, event: 'scene' };
  const left = scene === 1 ? template.indicators.slice(-3) : [];
  const set = template.indicators
    .filter((row) => !left.includes(row))
    .map((row): Change => {
      const value =
        scene === 7 && row === template.indicators[4] ? ({ is: 'pending' } as const) : printedValue(row);
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

// Reports put into a store without a conversation, as the conversations would have left them there.
import { setImmediate as breathe } from 'node:timers/promises';
import { newSession } from '../../flows/remembered.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Message } from '../../src/domain/conversation.ts';
import type { Template } from '../../src/domain/template.ts';
import type { Storage } from '../../storage/storage.ts';
import { loadTemplates } from '../../templates/load.ts';
import { ROOT } from './child.ts';
import { reportOf, TEMPLATE, unitOf } from './office.ts';

/** How many reports are written side by side. */
const SIDE_BY_SIDE = 250;

/** Fills the report of every chat: `byTurns` one answer a turn with its messages, as typed; otherwise all in one turn, as a pasted one. */
export async function seedReports(
  storage: Storage,
  chats: readonly number[],
  byTurns: boolean,
): Promise<void> {
  const { templates } = await loadTemplates(`${ROOT}/templates`);
  const template = templates.find(({ id, version }) => id === TEMPLATE.id && version === TEMPLATE.version);
  if (!template) throw new Error(`no template ${TEMPLATE.id}`);
  for (let from = 0; from < chats.length; from += SIDE_BY_SIDE) {
    await Promise.all(
      chats.slice(from, from + SIDE_BY_SIDE).map((chat) => seedOne(storage, template, chat, byTurns)),
    );
    await breathe();
  }
}

async function seedOne(storage: Storage, template: Template, chat: number, byTurns: boolean): Promise<void> {
  const report = reportOf(chat);
  const [campaign = '', unit] = [report.split('/')[0], unitOf(chat)];
  const started: Change = { type: 'report_started', report, campaign, unit, template: TEMPLATE };
  const turns = byTurns ? template.indicators.map((each) => [each]) : [template.indicators];
  let rev = 0;
  for (const [n, indicators] of turns.entries()) {
    const conversation = `telegram:${chat}`;
    const event = `telegram:seed${chat}-${n}`;
    const at = new Date().toISOString();
    const stamp = { by: `p${chat}`, at, event };
    const answers = indicators.map(
      ({ id }): Change => ({
        ...{ type: 'answer_set', report, indicator: id, was: null },
        answer: { ...stamp, value: { is: 'number', number: 0, decimals: 0 }, message: String(n) },
      }),
    );
    const said = byTurns ? indicators.flatMap(({ id, label }) => messagesAbout(report, id, label)) : [];
    const outcome = await storage.commit({
      ...{ event, at, by: stamp.by, conversation },
      session: { ...newSession(conversation), lastAt: at, heardAt: at },
      changes: n === 0 ? [started, ...answers] : answers,
      outgoing: said.map((message) => ({ conversation, message })),
      expects: { session: rev, reports: { [report]: rev } },
    });
    if (outcome !== 'done') throw new Error(`${event}: ${outcome}`);
    rev += 1;
    for (const number of said.keys())
      await storage.markSent(`${event}:${number}`, { outcome: 'sent', platform: String(2 * n + number) });
  }
}

/** The echo of an answer and the question after it, as long and with as many buttons as the real ones. */
function messagesAbout(report: string, indicator: string, label: string): Message[] {
  const key = `q/${report}/${indicator}`;
  const buttons = ['Để trống', 'Không áp dụng', 'Chưa có số liệu', 'Để sau'].map((name, n) => ({
    ...{ label: name, action: `${'bnpk'[n]}:13v1khz:${indicator.slice(0, 8)}:`, typed: name.toLowerCase() },
  }));
  const place =
    'I Công tác chỉ đạo điều hành CCHC › 1 Kế hoạch CCHC\nChỉ tiêu 2/20 của mục · cả báo cáo □□□□□□□□□□ 1/130\n\n';
  const help = '\nĐơn vị tính: Nhiệm vụ\nNhập số nguyên, ví dụ 12 (ghi chú gõ sau dấu ;)';
  return [
    { text: [`✓ ${label}: `, { bold: '0 Nhiệm vụ' }], replaces: key },
    { text: [place, { bold: label }, help], buttons: [buttons.slice(0, 2), buttons.slice(2)], key },
  ];
}

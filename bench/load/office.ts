// The office that our own bot serves in the bench: units, one open period, their officers; and what is stored of their answers afterwards.
import { sha256 } from '../../src/codes.ts';
import type { Change, Recorded } from '../../src/domain/change.ts';
import { parsePeriod, usualCutoff } from '../../src/domain/period.ts';
import type { Value } from '../../src/domain/report.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Reply } from './driver.ts';
import type { Shown } from './telegram.ts';

export const TEMPLATE = { id: 'so-tai-chinh-soc-trang', version: 1 } as const;
/** Indicators of that form. */
export const QUESTIONS = 130;
const CAMPAIGN = 'k1';
const DAY = 86_400_000;

export const unitOf = (chat: number): string => `u${chat}`;
/** The code with which a chat's officer comes in. */
export const codeOf = (chat: number): string => `benchcode${String(chat).padStart(13, '0')}`;
export const reportOf = (chat: number): string => `${CAMPAIGN}/${unitOf(chat)}`;

/** One unit for each chat, with an invitation for its officer, and a period open for all of them. */
export async function prepareOffice(storage: Storage, chats: readonly number[]): Promise<void> {
  const now = new Date();
  const at = now.toISOString();
  const period = parsePeriod(`${now.getUTCFullYear()}-Q3`);
  if (!period) throw new Error('no period');
  const units = chats.map((chat): Change => {
    const name = `Sở Tài chính số ${chat}`;
    return { type: 'unit_set', unit: { id: unitOf(chat), name, kind: 'sở' } };
  });
  const due = new Date(now.getTime() + 30 * DAY).toISOString();
  const invitations = chats.map((chat): Change => {
    const who = { name: `Cán bộ ${chat}`, unit: unitOf(chat), role: 'officer' } as const;
    const invitation = { id: sha256(codeOf(chat)), ...who, createdAt: at, expiresAt: due };
    return { type: 'invitation_set', invitation };
  });
  const campaign = {
    ...{ id: CAMPAIGN, template: TEMPLATE, period, cutoff: usualCutoff(period), createdAt: at },
    due,
    units: chats.map(unitOf),
  };
  await storage.commit({
    ...{ event: 'bench:prepare', at, by: 'bench', conversation: 'operator:bench', outgoing: [] },
    changes: [...units, { type: 'campaign_set', campaign }, ...invitations],
    expects: { reports: {} },
  });
}

/**
 * What an officer answers to our bot: the question says what it takes. Figures that no rule minds: nothing to report, but 100
 * questionnaires, so that their kind and result are asked for as well.
 */
export function answerOurs({ text, buttons }: Shown): Reply | undefined {
  if (/^<b>Xem lại<\/b>/.test(text)) return { text: '0' };
  if (!/cả báo cáo [□■]{10} \d+\/\d+/.test(text))
    return buttons[0]?.startsWith('f:') ? { press: buttons[0] } : undefined;
  // Of several questions on one screen the general choices stand under the one that is being asked.
  const asked = buttons.find((each) => each.startsWith('b:'))?.slice(1, -1) ?? '';
  const choices = buttons.filter((each) => each.startsWith('c:') && each.slice(1).startsWith(`${asked}:`));
  if (choices.length > 0) {
    const none = /Đơn vị trực thuộc sở ngành|tuyển chọn, bổ nhiệm/.test(text);
    return { press: (none && choices.find((each) => each.endsWith(':0'))) || choices[0] || '' };
  }
  if (text.includes('Nhập nội dung bằng lời')) return { text: 'Thực hiện đúng kế hoạch được giao' };
  if (text.includes('Số lượng phiếu khảo sát')) return { text: '100' };
  return { text: text.includes('Tỷ lệ hài lòng trong kỳ') ? '95' : '0' };
}

/** How a reply stands in the report once it is recorded. */
function writtenAs(reply: string): string {
  const code = /^c:.*:(\d+)$/.exec(reply)?.[1];
  return code === undefined ? reply : `choice ${code}`;
}

function inWords(value: Value | undefined): string {
  if (value?.is === 'number') return String(value.number);
  if (value?.is === 'choice') return `choice ${value.code}`;
  return value?.is === 'text' ? value.text : `${value?.is}`;
}

/** What is stored of one officer's answers, compared with those that were acknowledged. */
export type Kept = {
  readonly chat: number;
  readonly acknowledged: number;
  readonly stored: number;
  readonly lost: number;
};

/**
 * Reads an officer's report: every acknowledged answer must be recorded once, in its order; one more may be (it was on its way),
 * and the report must show the newest of each indicator.
 */
export async function compare(
  storage: Storage,
  chat: number,
  acknowledged: readonly string[],
): Promise<Kept> {
  const [history, report] = await Promise.all([
    storage.history(reportOf(chat)),
    storage.report(reportOf(chat)),
  ]);
  const recorded = history.flatMap(({ change }: Recorded) => (change.type === 'answer_set' ? [change] : []));
  const wanted = acknowledged.map(writtenAs);
  const kept = recorded.filter(({ indicator, answer }, n) => {
    const shown = report?.answers[indicator];
    return n < wanted.length && inWords(answer.value) === wanted[n] && inWords(shown?.value) === wanted[n];
  }).length;
  return {
    ...{ chat, acknowledged: wanted.length, stored: recorded.length },
    lost: wanted.length - kept + Math.max(0, recorded.length - wanted.length - 1),
  };
}

// Reads a reminder plan as a coordinator writes it: "7, 3, 1, 0 lúc 8:00", "3 ngày, 1 ngày lúc 7:30; báo trước 4 giờ", "không nhắc".
import { type ReminderPlan, USUAL_PLAN } from './campaign.ts';
import { readTime } from './read-moment.ts';
import { fold } from './words.ts';

const NEVER: ReminderPlan = { before: [], at: USUAL_PLAN.at, overdue: false, escalate: 0 };
/** Nobody plans reminders earlier than that (days), and nobody is told sooner (hours). */
const EARLIEST = 60;
const MOST_HOURS = 72;
/** People are written to in the daytime only. */
const FIRST_HOUR = '06:00';
const LAST_HOUR = '20:00';

/**
 * The plan; undefined when a part is not understood or makes no sense (an hour at night, a day twice). What is not mentioned is as usual.
 * Parts stand apart by ";", or follow each other in the order days, hour: "7,3,1,0@08:00".
 */
export function readPlan(text: string): ReminderPlan | undefined {
  const words = fold(text).replace(/\.$/, '');
  if (/^(?:khong nhac|khong|thoi nhac|tat|off|none)$/.test(words)) return NEVER;
  if (/^(?:mac dinh|nhu mac dinh|thong thuong|usual)$/.test(words)) return USUAL_PLAN;
  const parts = words.split(/\s*;\s*/).filter((each) => each !== '');
  if (parts.length === 0) return undefined;
  let plan: ReminderPlan | undefined = USUAL_PLAN;
  for (const part of parts) {
    const next: ReminderPlan | undefined = readEscalation(part, plan) ?? readOverdue(part, plan);
    plan = next ?? readDays(part, plan);
    if (!plan) return undefined;
  }
  return plan;
}

/** "báo trước 4 giờ", "không báo trước". */
function readEscalation(part: string, plan: ReminderPlan): ReminderPlan | undefined {
  if (part === 'khong bao truoc') return { ...plan, escalate: 0 };
  const hours = /^bao (?:con thieu )?(?:truoc )?(\d{1,2}) ?(?:h|gio|tieng)(?: truoc)?$/.exec(part)?.[1];
  return hours !== undefined && Number(hours) <= MOST_HOURS
    ? { ...plan, escalate: Number(hours) }
    : undefined;
}

/** "quá hạn nhắc hằng ngày", "quá hạn không nhắc". */
function readOverdue(part: string, plan: ReminderPlan): ReminderPlan | undefined {
  if (/^(?:qua han (?:thi )?khong nhac|khong nhac (?:khi )?qua han)$/.test(part))
    return { ...plan, overdue: false };
  return /^(?:qua han (?:thi )?nhac|nhac (?:khi )?qua han)(?: (?:hang|moi) ngay(?: lam viec)?)?$/.test(part)
    ? { ...plan, overdue: true }
    : undefined;
}

function readDays(part: string, plan: ReminderPlan): ReminderPlan | undefined {
  const [, days = '', hour] = /^(.*?)(?:\s*(?:@|\bluc\b)\s*(.+))?$/.exec(part) ?? [];
  const at = hour === undefined ? plan.at : readTime(hour);
  if (at === undefined || at < FIRST_HOUR || at > LAST_HOUR) return undefined;
  const pieces = days
    .replace(/^(?:chi )?(?:nhac )?(?:truoc )?/, '')
    .replace(/\b(?:dung |trong )?ngay (?:den )?han\b/g, '0')
    .replace(/\bngay\b|\btruoc\b/g, ' ')
    .split(/\s*(?:,|\bva\b|\s)\s*/)
    .filter((each) => each !== '');
  const before = pieces.map(Number);
  const isPlain = pieces.every((each) => /^\d{1,2}$/.test(each)) && before.every((each) => each <= EARLIEST);
  if (before.length === 0 || !isPlain || new Set(before).size < before.length) return undefined;
  return { ...plan, before: before.sort((a, b) => b - a), at };
}

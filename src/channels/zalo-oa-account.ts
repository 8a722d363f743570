// What the operator should know about the Official Account when the bot starts: which it is, what it has paid for, and what is missing.
import { localTime } from '../domain/clock.ts';
import type { Call, ZaloOaLog } from './zalo-oa-call.ts';

type Parts = {
  readonly call: Call;
  readonly oaId: string;
  readonly paid: boolean;
  readonly timezone: string;
  readonly now: () => Date;
  readonly log: ZaloOaLog;
};

const TYPES: Readonly<Record<string, string>> = { '2': 'business', '4': 'government' };

/** Asks Zalo for the account and writes what it says into the log. False when Zalo could not be asked. */
export async function lookAtAccount({ call, oaId, paid, timezone, now, log }: Parts): Promise<boolean> {
  const answer = await call({ method: 'GET', path: '/v2.0/oa/getoa' });
  if (answer.kind === 'wait' || answer.kind === 'lost') return false;
  if (answer.kind === 'refused') {
    const { kind } = answer.trouble;
    if (kind === 'retry' || kind === 'limit') return false;
    log.error({ why: answer.why }, 'Zalo OA: Zalo does not say anything about the account');
    return true;
  }
  const { data } = answer;
  const id = String(data.oaid ?? data.oa_id ?? '');
  const type = String(data.oa_type ?? '');
  const until = String(data.package_valid_through_date ?? '');
  const isVerified = data.is_verified === true || data.is_verified === 'true' || data.is_verified === 1;
  const about = {
    ...{ name: data.name, package: data.package_name, until, verified: isVerified },
    type: TYPES[type] ?? type,
  };
  log.info(about, 'Zalo OA: connected');
  if (id !== oaId)
    log.warn({ account: id }, 'Zalo OA: the access belongs to another account than ZALO_OA_ID');
  if (!isVerified) log.warn({}, 'Zalo OA: the account is not verified; Zalo may refuse to send');
  const day = dayOf(until);
  if (day === undefined || day < localTime(now().toISOString(), timezone).day)
    log.warn({ until }, `Zalo OA: the package ${day === undefined ? 'has no known end' : 'has expired'}`);
  if (paid && !isLinked(data.linked_ZCA))
    log.warn({}, 'Zalo OA: paid messages are on, but no Zalo Cloud Account is linked to pay for them');
  return true;
}

/** A day as Zalo writes it (DD/MM/YYYY or YYYY-MM-DD …) as YYYY-MM-DD. */
function dayOf(text: string): string | undefined {
  const local = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text);
  if (local) return `${local[3]}-${local[2]?.padStart(2, '0')}-${local[1]?.padStart(2, '0')}`;
  return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
}

const isLinked = (value: unknown): boolean =>
  value !== undefined && value !== null && !['', '0', 'false', 'null'].includes(String(value));

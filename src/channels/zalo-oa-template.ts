// The knock on the door of a person we may not write to: a registered template message that says that something waits.
import { instantOf, localTime } from '../domain/clock.ts';
import { ZALO } from '../text/zalo.ts';
import type { Sending, SendResult } from './channel.ts';
import { plain } from './split.ts';
import type { Answer, Call, ZaloOaLog } from './zalo-oa-call.ts';
import { shorten } from './zalo-oa-render.ts';
import type { Episode } from './zalo-oa-trouble.ts';

export type Template = {
  /** Asks Zalo for the template; false when Zalo could not be asked. Says in the log what is wrong with it. */
  look(): Promise<boolean>;
  /** impossible: the message is only held. Outside the hours it is to be tried again in the morning. */
  knock(sending: Sending): Promise<'knocked' | 'impossible' | SendResult>;
};

type Parts = {
  /** Undefined: there is none. */
  readonly id: string | undefined;
  readonly call: Call;
  readonly timezone: string;
  readonly now: () => Date;
  readonly episode: Episode;
  readonly log: ZaloOaLog;
};

/** What Zalo has registered; the limits in characters. */
type Param = { readonly name: string; readonly isRequired: boolean; readonly most: number };

const FROM = '07:00';
const UNTIL = '21:00';
const WORDS = 90;
/** How long it takes until a template that could not be used is asked for again (ms). */
const ASK_AGAIN = 3_600_000;
const DAY = 24 * 3_600_000;
/** Attempts at one message after which a knock that Zalo cannot send is left out. */
const MOST_ATTEMPTS = 5;

export function createTemplate(parts: Parts): Template {
  const { id, call, now, timezone, episode } = parts;
  let params: readonly Param[] | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<boolean> => {
    if (id === undefined || params) return true;
    const query = { template_id: id };
    const answer = await call({ method: 'GET', path: '/template/info/v2', query }, { at: 'zbs' });
    if (answer.kind === 'wait' || answer.kind === 'lost') return false;
    askedAt = now().getTime();
    params = usable(parts, answer);
    return true;
  };

  return {
    look,
    async knock(sending) {
      if (id === undefined) return 'impossible';
      if (!params && now().getTime() - askedAt > ASK_AGAIN && !(await look()))
        return { outcome: 'retry', why: 'the template could not be asked for' };
      if (!params) return 'impossible';
      const seconds = secondsToMorning(now(), timezone);
      if (seconds > 0) return { outcome: 'retry', why: 'not at this hour', seconds };
      const { day } = localTime(now().toISOString(), timezone);
      const json = { user_id: sending.chat, template_id: id, template_data: dataFor(params, sending, day) };
      const request = { method: 'POST', path: '/v3.0/oa/message/template', json } as const;
      return afterKnock(
        await call(request, { chat: sending.chat, at: 'template' }),
        episode,
        sending.attempts ?? 0,
      );
    },
  };
}

function afterKnock(
  answer: Answer,
  episode: Episode,
  attempts: number,
): 'knocked' | 'impossible' | SendResult {
  // What may have arrived is not repeated: one knock too few does less harm than two.
  if (answer.kind === 'lost') return 'knocked';
  if (answer.kind === 'done') {
    episode.end();
    return 'knocked';
  }
  const { why, seconds } = answer;
  const retry: SendResult = { outcome: 'retry', why, ...(seconds === undefined ? {} : { seconds }) };
  if (answer.kind === 'wait') return retry;
  switch (answer.trouble.kind) {
    case 'limit':
      return retry;
    case 'hold':
      return { outcome: 'held', hold: answer.trouble.hold, why };
    case 'retry':
    case 'unknown':
      return attempts + 1 < MOST_ATTEMPTS ? retry : 'impossible';
    case 'later':
      return 'impossible';
    default:
      episode.begin(why);
      return 'impossible';
  }
}

/** The parameters, or undefined when the template cannot be used; why is said in the log. */
function usable({ id, log }: Parts, answer: Answer): readonly Param[] | undefined {
  const data = answer.kind === 'done' ? answer.data : {};
  const status = String(data.status ?? '');
  const listed = data.listParams ?? data.list_params;
  const params = Array.isArray(listed) ? listed.map((each: unknown) => paramOf(each)) : [];
  const strange = params.filter(({ name, isRequired }) => isRequired && !(name in VALUES));
  const refused = answer.kind === 'refused' ? answer.why : '';
  const unapproved = status !== '' && status !== 'ENABLE' ? `its status is ${status}` : '';
  const unfilled =
    strange.length > 0 ? `unknown parameters: ${strange.map(({ name }) => name).join(', ')}` : '';
  const why = refused || unapproved || unfilled;
  if (why === '') return params.filter(({ name }) => name in VALUES);
  log.warn(
    { template: id, why },
    'Zalo OA: the reminder template cannot be used; people out of reach are not told',
  );
  return undefined;
}

function paramOf(value: unknown): Param {
  const { name, require, maxLength, max_length } = Object(value) as Readonly<Record<string, unknown>>;
  const most = Number(maxLength ?? max_length);
  return {
    name: String(name),
    isRequired: require !== false && require !== 'false',
    most: most > 0 ? most : Number.POSITIVE_INFINITY,
  };
}

/** What we can fill in, by the names that the guide for operators gives. `day`: YYYY-MM-DD. */
const VALUES: Readonly<Record<string, (sending: Sending, day: string) => string>> = {
  noi_dung: ({ message }) => oneLine(plain(message.text), WORDS),
  ho_ten: ({ to }) => to?.name || ZALO.someone,
  don_vi: ({ to }) => to?.unit || ZALO.someUnit,
  ngay: (_, day) => day.split('-').reverse().join('/'),
};

const dataFor = (params: readonly Param[], sending: Sending, day: string): Record<string, string> =>
  Object.fromEntries(
    params.map(({ name, most }) => [name, oneLine(VALUES[name]?.(sending, day) ?? '', most)]),
  );

const oneLine = (text: string, most: number): string => shorten(text.replace(/\s+/g, ' ').trim(), most);

/** 0 while people may be knocked at, else the seconds until they may. */
function secondsToMorning(now: Date, timezone: string): number {
  const { day, time } = localTime(now.toISOString(), timezone);
  if (time >= FROM && time < UNTIL) return 0;
  const next = time < FROM ? day : localTime(new Date(now.getTime() + DAY).toISOString(), timezone).day;
  const morning = instantOf(`${next}T${FROM}`, timezone);
  return morning === undefined ? 3600 : Math.ceil((Date.parse(morning) - now.getTime()) / 1000);
}

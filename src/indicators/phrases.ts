// Answers that are words, not figures: the empties (để trống, không áp dụng, chưa có số liệu), "không", "chưa", a dash, "như kỳ trước".
import type { Indicator } from '../domain/template.ts';
import { fold } from '../domain/words.ts';
import { accept, ask, BLANK, confirm, NOT_APPLICABLE, PENDING, proposal, reject } from './kind.ts';
import type { Context, Reading } from './reading.ts';

type Meaning =
  | 'blank'
  | 'notApplicable'
  | 'pending'
  | 'lastPeriod'
  | 'help'
  | 'none' // không, không có
  | 'noCases' // không phát sinh, chưa phát sinh hồ sơ
  | 'noneBut' // không có đơn vị SNCL: 0, or not applicable
  | 'notYet' // chưa, chưa thực hiện
  | 'dash'
  | 'cross';

/** What the words mean; `says` holds them when they tell more than the bare answer, so that they can become the note. */
export type Phrase = { readonly means: Meaning; readonly says?: string };

const NO = '(?:khong|khg|kg|kh|ko|k|0)';
const PATTERNS: readonly (readonly [Meaning, RegExp])[] = [
  ['blank', /^(?:de |bo )?(?:trong|rong)$/],
  ['notApplicable', new RegExp(`^(?:${NO} (?:ap dung|ad)|kad|n/a|na|n\\.a)$`)],
  [
    'lastPeriod',
    /^(?:so (?:lieu )?)?(?:= ?)?(?:(?:van )?(?:nhu|giong|bang|theo|lay) )?(?:so (?:lieu )?)?(?:(?:ky|qui|quy|nam|lan|thang)(?: bao cao)? )(?:truoc|cu)$/,
  ],
  ['lastPeriod', /^(?:van )?(?:nhu|giong) (?:cu|truoc)$/],
  [
    'lastPeriod',
    /^(?:van )?giu (?:nguyen|nhu)(?: nhu)?(?: so(?: lieu)?)?(?: (?:ky|qui|quy|nam|lan|thang)(?: bao cao)?)?(?: (?:truoc|cu))?$/,
  ],
  ['lastPeriod', new RegExp(`^${NO} (?:thay )?doi$`)],
  [
    'pending',
    new RegExp(
      `^(?:chua|${NO}) (?:co|nhan|nhan duoc)(?: du)? (?:so|so lieu|du lieu)(?: a| \\(?nhap sau\\)?)?$`,
    ),
  ],
  ['pending', new RegExp(`^(?:chua|${NO}) (?:ro|biet|xac dinh|nho|chac)(?: duoc| chan)?$`)],
  [
    'pending',
    /^(?:chua|dang|cho|doi)(?: cho| doi)? (?:tong hop|thong ke|cap nhat|ra soat|so lieu)(?: duoc| xong| so lieu)*$/,
  ],
  ['pending', /^(?:se )?(?:de|nhap|bo sung|cap nhat|bao|gui|bao cao)(?: so lieu)? sau$/],
  ['help', /^(?:\?+|help|giup(?: (?:toi|em|minh|voi))?|huong dan|tro giup|ho tro)$/],
  ['dash', /^[-–—−_./\\…]+$/],
  ['cross', /^(?:x|v|[✓✔☑☒✗✘*])$/],
  ['notYet', /^chua$/],
  ['noCases', new RegExp(`^(?:${NO}|chua) ?ps$`)],
  ['none', new RegExp(`^${NO.replace('|0', '')}$`)],
];
const IDLE_WORDS = new Set(
  'co gi nao het truong hop ca o a nhe dau ho so van ban moi trong ky nay quy'.split(' '),
);

/** The meaning of a cleaned answer without figures; undefined when it is something else. */
export function readPhrase(text: string, indicator: Indicator): Phrase | undefined {
  const folded = fold(text);
  const bare = /[\p{L}\d]/u.test(folded) ? folded.replace(/[\s.!,:]+$/, '') : folded;
  for (const [means, pattern] of PATTERNS) if (pattern.test(bare)) return { means };
  return readNegation(text, bare, indicator);
}

/** "không có …", "chưa …": bare when only idle words or the unit follow, else with its words. */
function readNegation(text: string, bare: string, indicator: Indicator): Phrase | undefined {
  const match = /^(khong|khg|kg|kh|ko|k|0|chua)((?: co)?(?: xay ra| phat sinh)?)(?= |,|$)(.*)$/.exec(bare);
  if (!match || /\d/.test(match[3] ?? '')) return undefined;
  const [, no = '', verb = '', rest = ''] = match;
  // One letter or a zero says no only together with its verb: "k có", "0 có".
  if (verb === '' && /^(?:khg|kg|kh|k|0)$/.test(no)) return undefined;
  const idle = rest.split(/[ ,]+/).every(
    (word) =>
      word === '' ||
      IDLE_WORDS.has(word) ||
      fold(indicator.unit)
        .split(/[ ,/]+/)
        .includes(word),
  );
  const says = text.trim();
  if (/phat sinh|xay ra/.test(verb)) return { means: 'noCases', says };
  if (no === 'chua') return verb === ' co' && idle ? { means: 'notYet' } : { means: 'notYet', says };
  if (idle) return { means: 'none' };
  return { means: 'noneBut', says };
}

/** The reading of a phrase that means the same in every type; undefined when the type must decide. */
export function readCommonPhrase({ means }: Phrase, context: Context): Reading | undefined {
  switch (means) {
    case 'blank':
      return accept(BLANK);
    case 'notApplicable':
      return accept(NOT_APPLICABLE);
    case 'pending':
      return ask('pendingWords', [proposal(PENDING)]);
    case 'help':
      return ask('help', []);
    case 'lastPeriod':
      return context.previous && context.previous.is !== 'pending'
        ? confirm('asLastPeriod', context.previous)
        : reject('noLastPeriod');
    case 'none':
    case 'noCases':
    case 'noneBut':
    case 'notYet':
    case 'dash':
    case 'cross':
      return undefined;
  }
}

// One happening of a report's history in words: who did what, when and through which channel, what stood there before, and why.
import { type Campaign, campaignFor } from '../domain/campaign.ts';
import type { Recorded } from '../domain/change.ts';
import { type Happening, rowsOf } from '../domain/history.ts';
import type { Person } from '../domain/people.ts';
import type { Answer } from '../domain/report.ts';
import type { Row, Template } from '../domain/template.ts';
import { assignedWords } from './assign-history.ts';
import { channelWords, momentWords, valueWords } from './common.ts';
import { nameOf } from './row-names.ts';

/** What the words are taken from. */
type Told = {
  readonly template: Template;
  readonly unit: string;
  readonly people: readonly Person[];
  readonly timezone: string;
};

/** One line of a history; '' where there is nothing to say. `row`: the indicator concerned, by its name. */
export type HistoryLine = {
  readonly at: string;
  readonly who: string;
  readonly channel: string;
  readonly what: string;
  readonly row: string;
  readonly was: string;
  readonly now: string;
  readonly why: string;
};

type What = Partial<Pick<HistoryLine, 'row' | 'was' | 'now' | 'why'>> & Pick<HistoryLine, 'what'>;

const NOTHING = 'chưa nhập';
const NAME = 60;

export function historyLine(happening: Happening, told: Told): HistoryLine {
  const { at, by, conversation } = happening.recorded;
  return {
    ...{ row: '', was: '', now: '', why: '' },
    at: momentWords(at, told.timezone),
    who: whoIs(by, conversation, told.people),
    channel: conversation.startsWith('operator:')
      ? 'dòng lệnh'
      : channelWords(conversation.slice(0, Math.max(conversation.indexOf(':'), 0))),
    ...whatOf(happening, told),
  };
}

/** Whoever left has no name any more. */
function whoIs(by: string, conversation: string, people: readonly Person[]): string {
  if (by === '' || by === 'sample' || conversation.startsWith('operator:')) return 'quản trị';
  return personWords(by, people);
}

function personWords(id: string, people: readonly Person[]): string {
  const person = people.find((each) => each.id === id);
  return person && person.leftAt === undefined ? person.name : `${person?.name ?? ''} (đã rời)`.trim();
}

function whatOf({ recorded, was }: Happening, told: Told): What {
  const { change } = recorded;
  const { template, people } = told;
  switch (change.type) {
    case 'report_started':
      return { what: 'bắt đầu báo cáo' };
    case 'answer_set':
      return answered(template, change.indicator, change.was, change.answer, change.undoes !== undefined);
    case 'answer_cleared':
      return answered(template, change.indicator, change.was, null, change.undoes !== undefined);
    case 'note_set':
      return {
        ...{ what: change.undoes === undefined ? 'ghi chú mục' : 'hoàn tác ghi chú mục' },
        ...{ row: nameOf(template, change.row, NAME), was: change.was ?? '', now: change.note },
      };
    case 'explained':
      return {
        what: change.explanation.text === '' ? 'xác nhận số liệu đúng' : 'giải trình',
        ...{ row: namesOf(template, change.rule), why: change.explanation.text },
      };
    case 'overridden':
      return {
        ...{ what: 'chấp nhận số liệu trái quy tắc', why: change.explanation.text },
        row: namesOf(template, change.rule),
      };
    case 'submitted':
    case 'approval_asked': {
      const { version, values, checkCode, approvedBy } = change.submission;
      const approval = approvedBy === undefined ? '' : `; ${personWords(approvedBy, people)} duyệt`;
      return {
        what: change.type === 'submitted' ? `nộp bản ${version}` : `trình lãnh đạo duyệt bản ${version}`,
        why: `${values} số liệu, mã kiểm tra ${checkCode}${approval}`,
      };
    }
    case 'returned':
      return {
        what: 'trả lại để chỉnh sửa',
        why: [
          change.explanation.text,
          ...(change.points ?? []).map(
            ({ indicator, text }) => `${nameOf(template, indicator, NAME)}: ${text}`,
          ),
        ]
          .filter(Boolean)
          .join('; '),
      };
    case 'assignment_set':
      return assignedWords(change.assignment, template, (id) => personWords(id, people));
    case 'handed':
      return { what: `giao tệp bản ${change.version}`, why: personWords(change.person, people) };
    case 'campaign_set':
      return periodChanged(change, was, told);
    case 'nudged':
      return nudged(change, told);
    default:
      return {
        what: PLAIN[change.type] ?? change.type,
        why: 'explanation' in change ? (change.explanation?.text ?? '') : '',
      };
  }
}

const PLAIN: Readonly<Partial<Record<Recorded['change']['type'], string>>> = {
  withdrawn: 'rút lại để sửa',
  approval_refused: 'lãnh đạo đề nghị sửa',
  accepted: 'tiếp nhận',
  unlock_asked: 'xin mở khóa',
  unlock_refused: 'không mở khóa',
  reopened: 'mở khóa để sửa',
  asked: 'hỏi lại',
  replied: 'trả lời',
  downloaded: 'mở bảng theo liên kết',
};

function answered(
  template: Template,
  id: string,
  was: Answer | null,
  now: Answer | null,
  isUndone: boolean,
): What {
  const row = template.byId.get(id);
  const [before, after] = [was, now].map((answer) => answerWords(answer, row));
  const isNote = now !== null && figureIn(was, row) === figureIn(now, row);
  const what = isUndone
    ? 'hoàn tác'
    : isNote
      ? 'ghi chú'
      : now === null
        ? 'xóa'
        : was?.value
          ? 'sửa'
          : 'nhập';
  return { what, row: nameOf(template, id, NAME), was: before ?? '', now: after ?? '' };
}

const figureIn = (answer: Answer | null, row: Row | undefined): string =>
  answer?.value && row?.row === 'indicator' ? valueWords(answer.value, row) : NOTHING;

const answerWords = (answer: Answer | null, row: Row | undefined): string =>
  `${figureIn(answer, row)}${answer?.note ? ` (ghi chú: ${answer.note})` : ''}`;

/** The rows that a finding was about. */
const namesOf = (template: Template, finding: string): string =>
  rowsOf(template, finding)
    .map((id) => nameOf(template, id, NAME))
    .join('; ');

function periodChanged(
  { campaign, reason = '' }: Extract<Recorded['change'], { type: 'campaign_set' }>,
  was: Campaign | undefined,
  { unit, timezone }: Told,
): What {
  const due = (each: Campaign): string => momentWords(campaignFor(each, unit).due, timezone);
  if (!was) return { what: 'mở kỳ báo cáo', now: `hạn nộp ${due(campaign)}`, why: reason };
  if (was.closedAt !== campaign.closedAt)
    return { what: campaign.closedAt === undefined ? 'mở lại kỳ báo cáo' : 'đóng kỳ báo cáo', why: reason };
  if (was.units.includes(unit) !== campaign.units.includes(unit)) {
    const isIn = campaign.units.includes(unit);
    return { what: isIn ? 'thêm đơn vị vào kỳ báo cáo' : 'đưa đơn vị ra khỏi kỳ báo cáo', why: reason };
  }
  return {
    what: campaign.extensions?.[unit] === undefined ? 'đổi hạn nộp' : 'gia hạn cho đơn vị',
    ...{ was: due(was), now: due(campaign), why: reason },
  };
}

function nudged(change: Extract<Recorded['change'], { type: 'nudged' }>, { unit, people }: Told): What {
  const mine = change.people.filter((each) => each.unit === unit);
  if (mine.length === 0) return { what: 'nhắc nộp báo cáo', why: 'không có ai trong đơn vị nhận được' };
  const names = mine.map(({ person, conversation }) => {
    const channel = channelWords(conversation.slice(0, conversation.indexOf(':')));
    return `${personWords(person, people)} (${channel})`;
  });
  return { what: 'nhắc nộp báo cáo', why: `gửi ${names.join(', ')}` };
}

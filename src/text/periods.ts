// Words of /ky: the list of periods, one period, and the changes to it with their questions.
import type { Campaign } from '../domain/campaign.ts';
import { localTime } from '../domain/clock.ts';
import type { Text } from '../domain/conversation.ts';
import type { Unit } from '../domain/people.ts';
import type { PeriodAct } from '../domain/period-change.ts';
import { bold, dayWords, lines, momentWords, short } from './common.ts';

export const PERIODS = {
  none: 'Chưa có kỳ báo cáo nào của các đơn vị anh/chị theo dõi. Gõ /moky để mở.',
  title: 'Các kỳ báo cáo:',
  open: 'Mở kỳ báo cáo mới',
  line: (name: string, campaign: Campaign, timezone: string): string =>
    `· ${name}: ${campaign.units.length} đơn vị, ${
      campaign.closedAt === undefined
        ? `hạn ${momentWords(campaign.due, timezone)}`
        : `đã đóng ngày ${dayWords(localTime(campaign.closedAt, timezone).day)}`
    }`,
  choose: (name: string, { closedAt }: Campaign): string =>
    short(`${name}${closedAt === undefined ? '' : ' (đã đóng)'}`, 60),
  head: (name: string, { closedAt }: Campaign, timezone: string): Text => [
    bold(name),
    closedAt === undefined ? ' – đang mở' : ` – đã đóng lúc ${momentWords(closedAt, timezone)}`,
  ],
  extension: (unit: string, due: string, timezone: string): string =>
    `Hạn riêng của ${unit}: ${momentWords(due, timezone)}`,
  act: {
    due: 'Đổi hạn nộp',
    extend: 'Gia hạn một đơn vị',
    add: 'Thêm đơn vị',
    remove: 'Bỏ một đơn vị',
    passOn: 'Đổi hạn tổng hợp',
    plan: 'Đổi lịch nhắc',
    approval: 'Duyệt của lãnh đạo',
    close: 'Đóng kỳ',
    reopen: 'Mở lại kỳ',
  } satisfies Record<PeriodAct, string>,
  approvalOn: 'Bật duyệt của lãnh đạo',
  approvalOff: 'Tắt duyệt của lãnh đạo',
  notYours: 'Kỳ này gồm cả đơn vị anh/chị không theo dõi nên anh/chị không đổi được mục này.',
  isClosed: 'Kỳ báo cáo này đã đóng. Anh/chị gõ /ky, chọn kỳ rồi chọn “Mở lại kỳ” trước.',
  isOpen: 'Kỳ báo cáo này đang mở.',
  gone: 'Thay đổi này không còn chờ xác nhận; chưa đổi gì. Anh/chị gõ /ky để xem các kỳ.',
  changed: 'Kỳ báo cáo hoặc nội dung đã khác so với lúc hiện nút đó nên chưa đổi gì. Anh/chị xem lại:',
  stopped: 'Thôi, chưa đổi gì.',
  stop: 'Thôi, không đổi',
  askUnit: (what: 'extend' | 'remove', name: string): string =>
    what === 'extend'
      ? `Gia hạn cho đơn vị nào trong kỳ ${name}? Gõ tên hoặc mã đơn vị.`
      : `Bỏ đơn vị nào khỏi kỳ ${name}? Chỉ bỏ được đơn vị chưa bắt đầu nhập. Gõ tên hoặc mã đơn vị.`,
  askUnits: (name: string, left: string): string =>
    `Thêm đơn vị nào vào kỳ ${name}? Còn ${left} chưa có trong kỳ. Gõ tên hoặc mã, mỗi dòng một đơn vị.`,
  noneToAdd: 'Mọi đơn vị anh/chị theo dõi (còn hiệu lực vào ngày chốt số liệu) đã có trong kỳ này.',
  noneToRemove: 'Mọi đơn vị trong kỳ đã bắt đầu nhập nên không bỏ được đơn vị nào.',
  lastUnit: 'Kỳ báo cáo phải còn ít nhất một đơn vị. Nếu không cần nữa, anh/chị đóng kỳ.',
  notInPeriod: (typed: string): string => `Không thấy đơn vị “${typed}” trong số các đơn vị chọn được ở đây.`,
  hasBegun: (unit: Unit): string => `${unit.name} đã bắt đầu nhập số liệu nên không bỏ khỏi kỳ được.`,
  askDue: (name: string, due: string): string =>
    `Hạn nộp mới của kỳ ${name}? Đang là ${due}. Gõ như: 16h ngày 20/12; lý do.`,
  askExtension: (unit: string, due: string): string =>
    `Hạn riêng cho ${unit}? Đang là ${due}. Gõ như: 16h ngày 20/12; lý do. Gõ “hạn chung” để bỏ hạn riêng.`,
  askPassOn: (due: string): string => `Hạn tổng hợp mới? Đang là ${due}. Gõ như: 16h ngày 22/12; lý do.`,
  askPlan: (plan: string): string =>
    `Lịch nhắc mới? Đang là: ${plan}. Gõ như: 7, 3, 1, 0 lúc 8:00; hoặc: không nhắc; mặc định.`,
  askReason: 'Lý do là gì? Anh/chị gõ một câu; lý do được lưu cùng thay đổi và gửi kèm cho cán bộ liên quan.',
  longReason: 'Lý do dài quá 500 ký tự; anh/chị viết ngắn lại.',
  notLater: (moment: string, due: string): string =>
    `${moment} không sau hạn chung (${due}). Hạn riêng phải sau hạn chung; hoặc gõ “hạn chung” để bỏ hạn riêng.`,
  noExtension: (unit: string): string => `${unit} không có hạn riêng, đang theo hạn chung.`,
  same: 'Nội dung này giống hiện tại nên không có gì để đổi.',
  confirm: (name: string, what: Text, reason: string, told: string): Text =>
    lines([bold(name)], what, `Lý do: ${reason}`, told),
  yes: 'Xác nhận',
  told: (people: number, units: number, empty: number): string =>
    `Sẽ báo cho ${people} người của ${units} đơn vị${empty > 0 ? `; ${empty} đơn vị chưa có ai tham gia` : ''}.`,
  toldNobody: 'Đơn vị không phải làm gì khác nên không báo cho ai.',
  done: (what: Text, people: number): Text =>
    lines([bold('Đã đổi. '), ...what], people > 0 ? `Đã báo ${people} người.` : undefined),
  see: 'Xem kỳ này',
  due: (was: string, due: string): string => `Hạn nộp: ${was} → ${due}`,
  keepOwn: (units: number): string => `${units} đơn vị giữ hạn riêng muộn hơn.`,
  passOnEarlier: (passOn: string): string => `⚠ Hạn tổng hợp ${passOn} nay sớm hơn hạn nộp; anh/chị nhớ đổi.`,
  extend: (unit: string, was: string, due: string): string => `Hạn nộp của ${unit}: ${was} → ${due}`,
  add: (names: string): string => `Thêm: ${names}`,
  remove: (unit: string): string => `Bỏ khỏi kỳ: ${unit}`,
  passOn: (was: string | undefined, due: string): string =>
    `Hạn tổng hợp: ${was === undefined ? '' : `${was} → `}${due}`,
  plan: (plan: string): string => `Lịch nhắc: ${plan}`,
  approval: (isAsked: boolean): string =>
    `Lãnh đạo đơn vị duyệt trước khi gửi: ${isAsked ? 'không → có' : 'có → không'}`,
  close: (unfinished: number): string =>
    `Đóng kỳ, khóa số liệu${unfinished > 0 ? `. ⚠ Còn ${unfinished} đơn vị chưa được tiếp nhận báo cáo` : ''}`,
  reopen: (due: string, isPast: boolean): string => `Mở lại kỳ, hạn nộp ${due}${isPast ? ' (đã qua)' : ''}`,
};

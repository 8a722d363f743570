// Words about units in the chat: a list that was sent as a file, and looking through the units one has.
import type { Unit } from '../domain/people.ts';
import type { TableFault } from '../domain/table.ts';
import { dayWords, short } from './common.ts';
import { tableFault } from './units.ts';

/** In the chat: the file that was sent, and the list. */
export const UNIT_LIST = {
  unreadable: (name: string, fault: TableFault, line: number): string =>
    `Tệp “${short(name, 80)}” chưa đọc được: ${tableFault(fault, line)}. Chưa có gì thay đổi.`,
  tried: (name: string): string => `Danh mục đơn vị trong tệp “${short(name, 80)}” (xem thử, chưa nhập gì)`,
  altered: 'Danh mục hoặc tệp đã khác lúc anh/chị xem, nên chưa nhập gì. Đề nghị xem lại:',
  wrong: 'Có dòng sai nên chưa nhập được dòng nào. Anh/chị sửa tệp rồi gửi lại.',
  nothing: 'Không có gì cần thay đổi.',
  apply: (count: number): string => `Áp dụng ${count} thay đổi`,
  drop: 'Không áp dụng',
  waits: (name: string): string => `Tệp “${short(name, 80)}” đã xem thử, chưa áp dụng.`,
  reading: 'Đang đọc lại tệp để áp dụng…',
  dropped: 'Đã bỏ qua tệp, danh mục đơn vị giữ nguyên.',
  sendAgain: 'Không còn đọc được đúng tệp đã xem. Anh/chị gửi lại tệp giúp; danh mục chưa thay đổi.',
  applied: (added: number, changed: number): string =>
    `Đã nhập danh mục: ${added} đơn vị mới, ${changed} đơn vị thay đổi. Gõ /donvi để xem, /moi để mời cán bộ.`,
  none: 'Anh/chị chưa có đơn vị nào bên dưới. Gửi vào đây tệp .xlsx hoặc .csv có cột mã và tên để nhập danh mục.',
  notFound: (words: string): string =>
    `Không có đơn vị nào của anh/chị khớp với “${short(words, 60)}”. Gõ /donvi để xem cả danh sách.`,
  head: (count: number, words: string): string =>
    words === '' ? `${count} đơn vị` : `${count} đơn vị khớp với “${short(words, 60)}”`,
  page: (page: number, pages: number): string => `trang ${page}/${pages}`,
  state: (joined: number, invited: number, ended: boolean): string => {
    const people = joined > 0 ? `${joined} người đã vào` : invited > 0 ? 'đã mời, chưa vào' : 'chưa có người';
    return `${people}${ended ? ', đã hết hiệu lực' : ''}`;
  },
  line: (unit: Unit, state: string): string =>
    `• ${unit.name} (${unit.kind === '' ? '' : `${unit.kind}, `}mã ${unit.id}) – ${state}`,
  people: (state: string): string => `Người tham gia: ${state}`,
  choose: ({ name }: Unit): string => short(name, 58),
  before: '« Trước',
  after: 'Tiếp »',
  inviteAll: 'Mời các đơn vị chưa có người',
  hint: 'Lọc: /donvi rồi đến vài từ. Nhập hoặc sửa danh mục: gửi tệp .xlsx hoặc .csv vào đây.',
  details: (unit: Unit, parent: Unit | undefined): readonly string[] => [
    `Mã ${unit.id}${unit.kind === '' ? '' : ` · ${unit.kind}`}${unit.province === undefined ? '' : ` · ${unit.province}`}`,
    ...(parent ? [`Cấp trên: ${parent.name}`] : []),
    ...(unit.validFrom === undefined ? [] : [`Hiệu lực từ ngày ${dayWords(unit.validFrom)}`]),
    ...(unit.validTo === undefined ? [] : [`Hiệu lực đến hết ngày ${dayWords(unit.validTo)}`]),
    ...(unit.mergedInto === undefined ? [] : [`Đã nhập vào đơn vị mã ${unit.mergedInto}`]),
  ],
  inviteOfficer: 'Mời cán bộ',
  inviteLeader: 'Mời lãnh đạo',
  peopleOf: 'Người của đơn vị',
};

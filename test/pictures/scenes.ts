// What happens in front of the camera: one scene for each way to answer faster, on the figures of a real town.
import type { Phone } from './phone.ts';
import { fillTable } from './table.ts';
import type { Scene } from './town.ts';

/** What a scene may do besides: let the scene's next person in, or somebody with another link, and let time pass. */
type Stage = {
  join(link?: string): Promise<Phone>;
  later(minutes: number): Promise<void>;
};
type Shoot = Scene & { readonly take: (phone: Phone, stage: Stage) => Promise<void> };

type Row = { readonly id: string; readonly parent?: string | undefined; readonly section: string };
const but =
  (...ids: readonly string[]) =>
  ({ id }: Row): boolean =>
    !ids.includes(id);

const PASTED = [
  'TTHC được công bố mới: 6',
  'TTHC đã được bãi bỏ: 8',
  'TTHC áp dụng tại cấp huyện: 274',
  'TTHC áp dụng tại cấp xã: khoảng 140',
];

export const SHOOTS: readonly Shoot[] = [
  {
    name: 'dan-ca-muc',
    given: ({ parent }) => parent !== 'thong-ke-tthc' && parent !== 'tthc-tong',
    async take(phone) {
      await phone.say('/sua so tthc duoc cong bo moi');
      await phone.say(PASTED.join('\n'));
      await phone.picture('dan-ca-muc', PASTED[0]);
    },
  },
  {
    name: 'giu-nguyen',
    async take(phone) {
      await phone.say('/giunguyen IV.1');
      await phone.picture('giu-nguyen', '/giunguyen');
    },
  },
  {
    name: 'khong-phat-sinh',
    async take(phone) {
      await phone.say('/khongphatsinh II.2');
      await phone.picture('khong-phat-sinh', '/khongphatsinh');
    },
  },
  {
    name: 'tinh-san',
    given: ({ id }) => id === 'nhiem-vu-de-ra' || id === 'nhiem-vu-hoan-thanh',
    async take(phone) {
      await phone.say('/sua ty le hoan thanh ke hoach');
      await phone.picture('tinh-san', '/sua');
    },
  },
  {
    name: 'cho-so-lieu',
    given: ({ id }) => id === 'ke-hoach-ty-le' || id === 'nhiem-vu-de-ra',
    async take(phone) {
      await phone.say('/cho Phòng Nội vụ đến thứ sáu');
      await phone.picture('cho-so-lieu', 'Đang chờ: Phòng Nội vụ');
      await phone.say('/xemlai');
      await phone.picture('cho-so-lieu-xem-lai', 'Anh/chị: Xem lại', 'Giải trình: I.1');
    },
  },
  {
    name: 'giao-viec',
    async take(phone, { join }) {
      await phone.say('/giao III cho Nguyễn Văn An');
      await phone.picture('giao-viec', '/giao III', 'Nhờ anh/chị');
      const colleague = await join(await phone.linkSaid());
      await colleague.say(PASTED.slice(0, 3).join('\n'));
      await colleague.press(/^Ghi 3/);
      await phone.say('/giao');
      await phone.picture('giao-viec-tien-do', 'Nguyễn Văn An đã nhận', 'Giao I Công');
    },
  },
  {
    name: 'gui-lai-bang',
    given: ({ id }) => id === 'nhiem-vu-de-ra' || id === 'ke-hoach-ty-le',
    async take(phone, { later }) {
      await phone.say('/file');
      const table = await phone.fileSaid();
      await later(30);
      await phone.say('/sua so nhiem vu da hoan thanh');
      await phone.say('14');
      await later(30);
      const filled = await fillTable(table, {
        'nhiem-vu-de-ra': 24,
        'nhiem-vu-hoan-thanh': 15,
        'van-ban-chi-dao': 12,
        'kiem-tra-xa': 5,
      });
      await phone.sendFile('phu-luc-quy-3.xlsx', filled);
      await phone.picture('gui-lai-bang', 'xem thử, chưa ghi gì');
    },
  },
  {
    name: 'anh-muc',
    given: but('nhiem-vu-hoan-thanh', 'kiem-tra-xa', 'tuyen-truyen-hoi-nghi'),
    async take(phone) {
      await phone.say('26');
      await phone.say('/anh I');
      await phone.page.locator('.pictures img').first().waitFor();
      await phone.page.waitForTimeout(3_000);
      await phone.picture('anh-muc', '/anh I');
      await phone.page.goto(
        await phone.page
          .locator('.pictures a')
          .first()
          .evaluate((link) => String(link)),
      );
      await phone.picture('anh-muc-lon');
    },
  },
  {
    name: 'mot-man-co-khong',
    given: but('chuyen-trach-cntt', 'hop-truc-tuyen-huyen', 'hop-truc-tuyen-xa'),
    async take(phone) {
      await phone.say('1');
      await phone.picture('mot-man-co-khong', 'Mã: 1', '2. Không');
    },
  },
  {
    name: 'mot-man-so',
    given: ({ id, parent }) => id !== 'nguoi-tu-chu-co-mat' && parent !== 'lanh-dao',
    async take(phone) {
      await phone.say('6');
      await phone.draft('2 35 67 23');
      await phone.picture('mot-man-so', 'Có thể trả lời cả nhóm', 'Như kỳ trước');
    },
  },
  {
    name: 'hai-nguoi',
    people: ['Trần Thị Hoa', 'Nguyễn Văn An'],
    given: but('van-ban-chi-dao', 'kiem-tra-xa'),
    async take(phone, { join, later }) {
      const other = await join();
      await other.say('12');
      await later(7);
      await phone.say('14');
      await phone.picture('hai-nguoi', 'Anh/chị: 14');
    },
  },
  {
    name: 'bang-chu',
    given: but('van-ban-chi-dao', 'ho-so-xa-tiep-nhan'),
    async take(phone) {
      await phone.say('hai mươi mốt');
      await phone.picture('bang-chu', 'Anh/chị: hai mươi mốt');
      await phone.press(/^Ghi 21/);
      await phone.say('1tr2');
      await phone.picture('bang-chu-2', 'Anh/chị: 1tr2');
    },
  },
];

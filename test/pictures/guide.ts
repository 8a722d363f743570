// The pictures of the first pages of the guides: one indicator after the other, the receipt, and a coordinator's board.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { sha256 } from '../../src/codes.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Unit } from '../../src/domain/people.ts';
import { openStorage } from '../../storage/open.ts';
import { stand } from '../support/office.ts';
import { allTemplates } from '../support/world.ts';
import { MORNING, onThatMorning } from './morning.ts';
import { openPhone } from './phone.ts';

const COMMUNES = join(import.meta.dirname, '../whole-period/communes.tsv');
const DAY = 86_400_000;

/** Makes them all; `folder`: where the program may keep its data. */
export async function guidePictures(browser: Browser, folder: string): Promise<void> {
  await onThatMorning(join(folder, 'sample'), ({ lines }) =>
    officerPictures(browser, /http:\S+\/i\/\S+/.exec(lines.join('\n'))?.[0] ?? ''),
  );
  const office = join(folder, 'office');
  const code = await prepareOffice(office);
  await onThatMorning(office, ({ url }) => coordinatorPictures(browser, `${url}/i/${code}`));
}

/** What an officer sees, on the sample that an empty store opens. */
async function officerPictures(browser: Browser, link: string): Promise<void> {
  const phone = await openPhone(browser, link);
  await phone.sees('Chỉ tiêu 1/');
  await phone.say('60; lũy kế đến 14/9');
  await phone.say('25');
  await phone.picture('cau-hoi', 'Anh/chị: 25');
  await phone.say('15 nhiệm vụ cụ thể');
  await phone.picture('hoi-lai', 'Anh/chị: 15 nhiệm vụ');
  await phone.say('26');
  await phone.picture('canh-bao', 'Anh/chị: 26', 'Để trống');
  await phone.say('/sua so nhiem vu da hoan thanh');
  await phone.say('15');
  await phone.say('/nop');
  await phone.press('Để trống cả');
  await phone.press('Đã kiểm tra, số liệu đúng');
  await phone.press('Xác nhận nộp');
  await phone.sees('Mã kiểm tra');
  await phone.picture('bien-nhan', 'Anh/chị: Xác nhận nộp');
  await phone.close();
}

/** What a coordinator sees: the board in the chat, and its picture. */
async function coordinatorPictures(browser: Browser, link: string): Promise<void> {
  const phone = await openPhone(browser, link);
  await phone.sees('Chọn một đơn vị');
  await phone.say('/tiendo');
  await phone.picture('tien-do', 'Anh/chị: /tiendo', 'Phường Cái Khế');
  await phone.close();
}

/** An office with communes in every state, put into the store before the bot starts; the code that lets its coordinator in. */
async function prepareOffice(dataDir: string): Promise<string> {
  const storage = await openStorage({ dataDir });
  const template = (await allTemplates()).find(({ id }) => id === 'ubnd-thi-xa-nga-nam');
  if (!template) throw new Error('the form is gone');
  const text = readFileSync(COMMUNES, 'utf8');
  const lines = text.split('\n').filter((line) => /^\d/.test(line));
  const office: Unit = { id: 'so-nv', name: 'Sở Nội vụ', kind: 'sở' };
  const units = lines.slice(0, 24).map((line): Unit => {
    const [id = '', name = '', kind = ''] = line.split('\t');
    return { id, name, kind, parent: office.id };
  });
  const at = (days: number) => new Date(Date.parse(MORNING) + days * DAY).toISOString();
  const period = { kind: 'quarter', year: 2022, quarter: 3 } as const;
  const campaign: Campaign = {
    ...{ id: 'ky', template: { id: template.id, version: template.version }, period },
    ...{ due: '2022-09-16T09:00:00.000Z', cutoff: '2022-09-14', createdAt: at(-9), office: office.id },
    units: units.map(({ id }) => id),
  };
  const code = randomBytes(16).toString('hex');
  await storage.commit({
    ...{ event: 'pictures', at: at(-9), by: 'operator', conversation: 'operator:pictures', outgoing: [] },
    changes: [
      ...[office, ...units].map((unit) => ({ type: 'unit_set', unit }) as const),
      { type: 'campaign_set', campaign },
      {
        type: 'invitation_set',
        invitation: {
          ...{ id: sha256(code), unit: office.id, role: 'coordinator', name: 'Trần Thị Hoa' },
          ...{ createdAt: at(0), expiresAt: at(1) },
        },
      },
    ],
    expects: { reports: {} },
  });
  for (const [n, { id }] of units.entries()) {
    if (n % 6 === 0) continue;
    if (n % 6 < 3) await stand({ storage, template, campaign }, id, { answered: 17 * (n % 10) + 20 });
    else
      await stand({ storage, template, campaign }, id, { sent: { at: at(-n / 24) }, accepted: n % 6 === 5 });
  }
  await storage.close();
  return code;
}

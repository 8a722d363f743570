// One office for all runs of the comparison: the real program on Telegram, Zalo and the web, with a unit and a period for every run.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Change } from '../../src/domain/change.ts';
import { type Period, parsePeriod, usualCutoff } from '../../src/domain/period.ts';
import type { Answer, Report } from '../../src/domain/report.ts';
import type { Storage } from '../../storage/storage.ts';
import { startTelegram } from '../stand-ins/telegram.ts';
import { startZaloBot } from '../stand-ins/zalo-bot.ts';
import { readDocument } from '../support/officer.ts';
import { type Visitor, visit } from '../support/visitor.ts';
import { botPerson } from '../support/zalo-bot-officer.ts';
import { openZaloOffice } from '../support/zalo-office.ts';
import { type Desk, deskOf, type Phone } from './desk.ts';
import { telegramPhone, webPhone, zaloPhone } from './phones.ts';

export const CHANNELS = ['telegram', 'zalo-oa', 'zalo-bot', 'web'] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** `id`: of the unit and its period. `earlier`: what the unit had answered in the period before. */
export type Opening = {
  readonly id: string;
  readonly document: string;
  readonly channel: ChannelName;
  readonly earlier?: { readonly answers: Readonly<Record<string, Answer>>; readonly notes: Report['notes'] };
};

export type Office = {
  /** The officer of an opening, at the first question. */
  enter(opening: Opening): Promise<Desk>;
  /** The coordinator above all units, at work. */
  coordinator(): Promise<Desk>;
  /** Ends the program; what is stored of each opening. */
  end(): Promise<ReadonlyMap<string, Report>>;
  /** Everything that the program has printed. */
  output(): string;
  close(): Promise<void>;
};

/** How many times faster the clock of the pace runs. */
const HASTE = 200;
const codeOf = (id: string): string => `khong-ai-dung-ma-nay-${id}`;

export async function openOffice(openings: readonly Opening[]): Promise<Office> {
  const office = await openZaloOffice(
    openings.map(({ id, document }) => ({ ...readDocument(document), id, template: document })),
  );
  const [telegram, bot, files] = await Promise.all([startTelegram(), startZaloBot(), keepFiles()]);
  await office.look(async (storage) => {
    for (const opening of openings) await storeEarlier(storage, opening);
  });
  const invitation = await office.invite('Đầu mối');
  const leaving: Visitor[] = [];
  let people = 100;
  const settings = {
    ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
    ...{ ZALO_BOT_TOKEN: bot.token, ZALO_BOT_API_ROOT: bot.apiRoot, LOG_LEVEL: 'warn' },
    NODE_OPTIONS: `--import=${files.preload}`,
  };
  await office.start({ haste: HASTE, settings });

  const phoneOn = async (channel: ChannelName): Promise<Phone> => {
    switch (channel) {
      case 'telegram': {
        people += 1;
        const id = people;
        const edits = () => telegram.calls('editMessageText').filter((call) => Number(call.chat_id) === id);
        return telegramPhone(telegram.user(id), () => edits().length);
      }
      case 'zalo-oa':
        return zaloPhone(office.person(), files.keep);
      case 'zalo-bot':
        return zaloPhone(botPerson(bot.user()));
      case 'web': {
        const visitor = await visit(office.url);
        leaving.push(visitor);
        void visitor.listen(office.url);
        return webPhone(visitor, office.url);
      }
    }
  };
  const enter = async (channel: ChannelName, name: string, code: string, seen: RegExp): Promise<Desk> => {
    const desk = deskOf(await phoneOn(channel), name);
    await desk.say(`/start ${code}`);
    await desk.hears(seen);
    desk.counts();
    return desk;
  };

  return {
    enter: ({ id, channel }) => enter(channel, id, codeOf(id), /^Chỉ tiêu 1\//m),
    coordinator: () => enter('telegram', 'đầu mối', invitation, /^Xin chào/m),
    async end() {
      for (const visitor of leaving) visitor.close();
      await office.zalo.settled();
      const code = await office.stop();
      if (code !== 0) throw new Error(`the program ended with ${code}:\n${office.output()}`);
      return office.look(async (storage) => {
        const found = await Promise.all(openings.map(({ id }) => storage.report(`${id}/${id}`)));
        return new Map(
          found.flatMap((report, n) => (report ? [[openings[n]?.id ?? '', report] as const] : [])),
        );
      });
    },
    output: office.output,
    async close() {
      for (const visitor of leaving) visitor.close();
      await office.close();
      await Promise.all([telegram.stop(), bot.stop(), files.stop()]);
    },
  };
}

const SENT = { by: 'test', event: 'earlier', version: 1, checkCode: 'K-1', warnings: 0, overrides: 0 };

/** The unit's accepted report of the period before. */
async function storeEarlier(storage: Storage, { id, document, earlier }: Opening): Promise<void> {
  const campaign = (await storage.campaigns()).find((each) => each.id === id);
  const period = parsePeriod(readDocument(document).period);
  if (!earlier || !campaign || !period) return;
  const report = `${id}-truoc/${id}`;
  const at = campaign.createdAt;
  const changes: Change[] = [
    {
      type: 'campaign_set',
      campaign: { ...campaign, id: `${id}-truoc`, ...before(period), closedAt: at },
    },
    { type: 'report_started', report, campaign: `${id}-truoc`, unit: id, template: campaign.template },
    ...Object.entries(earlier.answers).map(
      ([indicator, answer]): Change => ({ type: 'answer_set', report, indicator, answer, was: null }),
    ),
    ...Object.entries(earlier.notes).map(
      ([row, note]): Change => ({ type: 'note_set', report, row, note, was: null }),
    ),
    { type: 'submitted', report, submission: { ...SENT, at, values: Object.keys(earlier.answers).length } },
    { type: 'accepted', report },
  ];
  await storage.commit({
    ...{ event: `earlier:${id}`, at, by: 'test', conversation: 'operator:test', changes, outgoing: [] },
    expects: { reports: { [report]: 0 } },
  });
}

/** The same span a year earlier. */
function before(period: Period): { period: Period; cutoff: string } {
  const earlier = { ...period, year: period.year - 1 };
  return { period: earlier, cutoff: usualCutoff(earlier) };
}

/** Zalo's own place for what people send, on this machine; `preload` leads the program there. */
async function keepFiles() {
  const kept = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const bytes = kept.get(request.url ?? '');
    response.writeHead(bytes ? 200 : 404).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const code = `
    import http from 'node:http';
    import https from 'node:https';
    const real = https.request;
    https.request = (options, then) => String(options.hostname).endsWith('.zdn.vn')
      ? http.request({ ...options, protocol: 'http:', hostname: '127.0.0.1', port: ${port}, agent: undefined }, then)
      : real(options, then);`;
  return {
    preload: `data:text/javascript,${encodeURIComponent(code)}`,
    keep(name: string, bytes: Uint8Array): string {
      const path = `/${kept.size}/${encodeURIComponent(name)}`;
      kept.set(path, bytes);
      return `https://f1-zdn.example.zdn.vn${path}`;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

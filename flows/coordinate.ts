import type { Message, Text } from '../src/domain/conversation.ts';
import type { Status } from '../src/domain/report.ts';
import { lines, reportWords, STATUS } from '../src/text/common.ts';
import { COORDINATE } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { type Facts, type Flow, type Opened, type Outcome, openable, type Turn } from './flow.ts';
import { officers } from './notify.ts';
import { undeliveredLine } from './undelivered.ts';

const PAGE = 8;
const ORDER: readonly Status[] = ['submitted', 'returned', 'notStarted', 'inProgress', 'accepted'];

export const coordinate: Flow<'coordinate'> = {
  prompt: (waiting, facts) => [boardMessage(facts, waiting.page)],
  answer: (waiting, _input, turn) => ({ say: [boardMessage(turn.facts, waiting.page)] }),
};

/** All reports this coordinator looks after, those that wait for a decision first. */
function boardMessage(facts: Facts, page: number): Message {
  const all = [...openable(facts)].sort(
    (a, b) => ORDER.indexOf(a.report.status) - ORDER.indexOf(b.report.status),
  );
  const trouble = undeliveredLine(facts);
  if (all.length === 0) return { text: lines(COORDINATE.none, trouble) };
  const pages = Math.ceil(all.length / PAGE);
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = all.slice(at * PAGE, (at + 1) * PAGE);
  // A unit with two open periods stands here twice: then the period tells them apart.
  const several = new Set(all.map((each) => each.campaign.id)).size > 1;
  const period = (each: Opened) => (several ? reportWords(each, all) : undefined);
  const pager = [
    ...(at > 0 ? [button(COORDINATE.back, 'board', '', '', at - 1)] : []),
    ...(at < pages - 1 ? [button(COORDINATE.next, 'board', '', '', at + 1)] : []),
  ];
  return {
    text: lines(
      ...campaignHeads(facts, all),
      ...shown.map((each) => COORDINATE.line(each.template, each.report, each.unit, period(each))),
      COORDINATE.hello,
      trouble,
    ),
    buttons: [
      ...shown.map((each) => [
        button(COORDINATE.unit(each.unit, each.report, period(each)), 'open', each.report.id),
      ]),
      ...(pager.length > 0 ? [pager] : []),
    ],
  };
}

function campaignHeads(facts: Facts, all: readonly Opened[]): Text[] {
  const campaigns = [...new Map(all.map((each) => [each.campaign.id, each])).values()];
  return campaigns.flatMap(({ campaign: { id }, template }) => {
    // As it stands for everybody, not as it was extended for one.
    const campaign = facts.campaigns.find((each) => each.id === id);
    if (!campaign) return [];
    const mine = all.filter((each) => each.campaign.id === campaign.id);
    const counts = ORDER.map((status) => ({
      status: STATUS[status],
      n: mine.filter((each) => each.report.status === status).length,
    }));
    return [
      COORDINATE.head(template, campaign, facts.now, facts.timezone),
      [COORDINATE.counts(counts.filter((each) => each.n > 0))],
    ];
  });
}

/** One unit's report: where it stands, and what may be done. */
export function detailMessage({ timezone }: Facts, { template, report, campaign, unit }: Opened): Message {
  const decide =
    report.status === 'submitted'
      ? [
          [
            button(COORDINATE.accept, 'accept', report.id, '', report.submissions.length),
            button(COORDINATE.giveBack, 'giveBack', report.id, '', report.submissions.length),
          ],
        ]
      : [];
  const version = report.submissions.length > 0 ? report.submissions.length : '';
  return {
    text: COORDINATE.detail(template, report, campaign, unit, timezone),
    buttons: [
      ...decide,
      ...(report.rev > 0 ? [[button('Tải bảng (.xlsx)', 'file', report.id, '', version)]] : []),
    ],
    marks: 'coded',
  };
}

/** True when that version waits for a decision now. */
export const isOwnVersion = (opened: Opened, version: string): boolean =>
  opened.report.status === 'submitted' && String(opened.report.submissions.length) === version;

/** Takes a report in. A button of an older version decides nothing. */
export function accept(opened: Opened, version: string, turn: Turn): Outcome {
  if (!isOwnVersion(opened, version)) return { say: [{ text: [COORDINATE.notSent(opened.unit)] }] };
  return {
    say: [{ text: [COORDINATE.accepted(opened.unit)] }],
    changes: [{ type: 'accepted', report: opened.report.id }],
    tell: tellOfficers(turn.facts, opened, {
      text: COORDINATE.tellAccepted(opened.template, opened.campaign),
    }),
  };
}

/** Asks for the reason before a report goes back, or before an override is refused ('fix'). */
export function giveBack(opened: Opened, version: string): Outcome {
  const { report, unit } = opened;
  if (version === 'fix') return { go: { flow: 'decide', report: report.id, what: 'refuse' } };
  if (!isOwnVersion(opened, version)) return { say: [{ text: [COORDINATE.notSent(unit)] }] };
  return { go: { flow: 'decide', report: report.id, what: 'return', version: report.submissions.length } };
}

/** The same message to every officer of the unit. */
export const tellOfficers = (
  facts: Facts,
  opened: Opened,
  message: Message,
): { conversation: string; message: Message }[] =>
  officers(facts, opened.unit.id).map((conversation) => ({ conversation, message }));

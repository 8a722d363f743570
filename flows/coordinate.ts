// The coordinator's side: who stands where, and taking a report in or giving it back.
import type { Change } from '../src/domain/change.ts';
import type { Message, Text } from '../src/domain/conversation.ts';
import type { Status } from '../src/domain/report.ts';
import { clean } from '../src/domain/words.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { lines, STATUS } from '../src/text/common.ts';
import { FILL, privacyRefused } from '../src/text/fill.ts';
import { findingText } from '../src/text/findings.ts';
import { COORDINATE, EXPLAIN } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { findingsOf, isExplainable, openFindings } from './findings.ts';
import { type Facts, type Flow, type Opened, type Outcome, openable, openReport, type Turn } from './flow.ts';
import { officers } from './notify.ts';
import { stamp } from './record.ts';

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
  if (all.length === 0) return { text: [COORDINATE.none] };
  const pages = Math.ceil(all.length / PAGE);
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = all.slice(at * PAGE, (at + 1) * PAGE);
  const pager = [
    ...(at > 0 ? [button(COORDINATE.back, 'board', '', '', at - 1)] : []),
    ...(at < pages - 1 ? [button(COORDINATE.next, 'board', '', '', at + 1)] : []),
  ];
  return {
    text: lines(
      ...campaignHeads(facts, all),
      ...shown.map((each) => COORDINATE.line(each.template, each.report, each.unit)),
      COORDINATE.hello,
    ),
    buttons: [
      ...shown.map((each) => [button(COORDINATE.unit(each.unit, each.report), 'open', each.report.id)]),
      ...(pager.length > 0 ? [pager] : []),
    ],
  };
}

function campaignHeads(facts: Facts, all: readonly Opened[]): Text[] {
  const campaigns = [...new Map(all.map((each) => [each.campaign.id, each])).values()];
  return campaigns.flatMap(({ campaign, template }) => {
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
  };
}

const isOwnVersion = (opened: Opened, version: string): boolean =>
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

/** Asks for the reason before a report goes back. 'fix': refusing an override needs none. */
export function giveBack(opened: Opened, version: string): Outcome {
  const waits = isOwnVersion(opened, version) || version === 'fix';
  if (!waits) return { say: [{ text: [COORDINATE.notSent(opened.unit)] }] };
  return { go: { flow: 'decide', report: opened.report.id, what: 'return' } };
}

export const decide: Flow<'decide'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    if (!opened) return [{ text: [FILL.staleButton] }];
    return [
      {
        text: [
          waiting.what === 'return' ? COORDINATE.askReturn(opened.unit) : COORDINATE.askOverride(opened.unit),
        ],
      },
    ];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    if (!opened || input.type !== 'text')
      return { say: [{ text: [FILL.staleButton] }], go: { flow: 'coordinate', page: 0 } };
    const words = clean(input.text);
    if (words === '' || words.length > 500) return { say: [{ text: [EXPLAIN.tooLong] }] };
    const fault = privacyFault(words);
    if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
    return waiting.what === 'return' ? returned(opened, words, turn) : overrode(opened, words, turn);
  },
};

function returned(opened: Opened, text: string, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  const changes: Change[] =
    report.status === 'submitted'
      ? [{ type: 'returned', report: report.id, explanation: { ...stamp(turn), text } }]
      : [];
  return {
    say: [{ text: [COORDINATE.returned(unit)] }],
    changes,
    tell: tellOfficers(turn.facts, opened, {
      text: COORDINATE.tellReturned(template, campaign, text),
      buttons: [[button(COORDINATE.fix, 'open', report.id)]],
    }),
    go: { flow: 'coordinate', page: 0 },
  };
}

function overrode(opened: Opened, text: string, turn: Turn): Outcome {
  const { report, template, unit } = opened;
  const hard = openFindings(findingsOf(turn.facts, opened), opened).filter(
    (each) => each.severity === 'hard' && !isExplainable(each),
  );
  return {
    say: [{ text: lines(COORDINATE.overrode(unit), ...hard.map((each) => findingText(template, each))) }],
    changes: hard.map((each) => ({
      type: 'overridden',
      report: report.id,
      rule: each.id,
      explanation: { ...stamp(turn), text },
    })),
    tell: tellOfficers(turn.facts, opened, { text: COORDINATE.tellOverride(text) }),
    go: { flow: 'coordinate', page: 0 },
  };
}

const tellOfficers = (
  facts: Facts,
  opened: Opened,
  message: Message,
): { conversation: string; message: Message }[] =>
  officers(facts, opened.unit.id).map((conversation) => ({ conversation, message }));

// A giải trình for one finding: one line of words, or a tap that says the figures are right.

import type { Change } from '../src/domain/change.ts';
import type { Button } from '../src/domain/conversation.ts';
import type { Finding } from '../src/domain/finding.ts';
import { shortHash } from '../src/domain/hash.ts';
import { isExplainable } from '../src/domain/open-findings.ts';
import { isEditable } from '../src/domain/report.ts';
import type { Waiting } from '../src/domain/waiting.ts';
import { clean } from '../src/domain/words.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { lines } from '../src/text/common.ts';
import { FILL, privacyRefused } from '../src/text/fill.ts';
import { findingText } from '../src/text/findings.ts';
import { EXPLAIN } from '../src/text/submit.ts';
import { button, readAction } from './actions.ts';
import { findingButtons, findingsOf, listed, openFindings } from './findings.ts';
import { type Facts, type Flow, type Opened, type Outcome, openReport, type Turn } from './flow.ts';
import { lockedMessage } from './menu.ts';
import { isReason, LONGEST_REASON } from './reasons.ts';
import { begun, stamp } from './record.ts';
import { stale } from './stale.ts';

export const explain: Flow<'explain'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    const finding = opened && findingById(facts, opened, waiting.finding);
    if (!opened || !finding) return [{ text: [EXPLAIN.gone] }];
    if (!isEditable(opened.report)) return [lockedMessage(opened)];
    return [
      {
        text: lines(findingText(opened.template, finding), EXPLAIN.ask),
        buttons: [...confirming(opened, finding), [notNow(opened, waiting.back)]],
      },
    ];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    if (!opened) return { say: [{ text: [FILL.closed] }], go: { flow: 'menu' } };
    if (input.type !== 'text') return stale;
    const finding = findingById(turn.facts, opened, waiting.finding);
    const go = afterwards(opened, waiting.back);
    if (!isEditable(opened.report)) return { go };
    if (!finding) return { say: [{ text: [EXPLAIN.gone] }], go };
    const words = clean(input.text);
    if (words === '') return { say: [{ text: [EXPLAIN.ask] }] };
    if (words.length > LONGEST_REASON) return { say: [{ text: [EXPLAIN.tooLong] }] };
    const fault = privacyFault(words);
    if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
    // A bare figure is more likely the corrected one than its reason, and a letter or two the mark of some choice.
    if (!isReason(words)) {
      const fixes = findingButtons(opened, finding).slice(0, -1);
      return { say: [{ text: [EXPLAIN.needsWords(words)], buttons: fixes }] };
    }
    const text = lines(EXPLAIN.saved, findingText(opened.template, finding));
    return { say: [{ text }], changes: explained(opened, [finding], words, turn), go };
  },
};

/** On with the question that was open, else to the review. */
const afterwards = ({ report }: Opened, back: string | undefined): Waiting =>
  back === undefined
    ? { flow: 'review', report: report.id, page: 0 }
    : { flow: 'fill', report: report.id, indicator: back };

const notNow = ({ report }: Opened, back: string | undefined): Button =>
  back === undefined
    ? button(EXPLAIN.notNow, 'review', report.id, '', 0)
    : button(EXPLAIN.notNow, 'goTo', report.id, back);

/** Whoever wants no words after all may still say that the figures are right. */
const confirming = (opened: Opened, finding: Finding): Button[][] =>
  findingButtons(opened, finding)
    .flat()
    .filter(({ action }) => readAction(action)?.verb === 'confirmed')
    .map((each) => [each]);

const findingById = (facts: Facts, opened: Opened, id: string): Finding | undefined =>
  findingsOf(facts, opened).find((each) => each.id === id && isExplainable(each));

/** The explainable finding that a button names by its short form. */
export const findingByRef = (facts: Facts, opened: Opened, ref: string): Finding | undefined =>
  findingsOf(facts, opened).find((each) => shortHash(each.id) === ref && isExplainable(each));

const explained = (opened: Opened, findings: readonly Finding[], text: string, turn: Turn): Change[] => [
  ...begun(opened),
  ...findings.map(
    (each): Change => ({
      type: 'explained',
      report: opened.report.id,
      rule: each.id,
      explanation: { ...stamp(turn), text },
    }),
  ),
];

/**
 * "Đã kiểm tra, số đúng" for one finding, or for all soft ones that were just listed (`expected` many: a list that has
 * grown since is shown again instead).
 */
export function confirmFindings(opened: Opened, ref: string, expected: string, turn: Turn): Outcome {
  if (ref !== '') {
    const finding = findingByRef(turn.facts, opened, ref);
    if (finding?.severity !== 'soft') return { say: [{ text: [EXPLAIN.gone] }] };
    const { waiting } = turn.session;
    const here = waiting.flow === 'explain' && waiting.finding === finding.id;
    return {
      say: [{ text: lines(EXPLAIN.savedConfirmed, findingText(opened.template, finding)) }],
      changes: explained(opened, [finding], '', turn),
      ...(here ? { go: afterwards(opened, waiting.back) } : {}),
    };
  }
  const soft = openFindings(findingsOf(turn.facts, opened), opened).filter(
    (each) => each.severity === 'soft',
  );
  const go = { flow: 'submit', report: opened.report.id } as const;
  if (String(soft.length) !== expected) return { go };
  const { single, blank } = listed(soft);
  return {
    say: [{ text: [EXPLAIN.savedAll(single.length + blank.length)] }],
    changes: explained(opened, [...single, ...blank], '', turn),
    go,
  };
}

// The coordinator's reason in words: for returning a report, for letting its hard findings pass, or for refusing that.

import type { Message } from '../../src/domain/conversation.ts';
import { isEditable } from '../../src/domain/report.ts';
import { clean } from '../../src/domain/words.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { CHOICES } from '../../src/text/choices.ts';
import { lines } from '../../src/text/common.ts';
import { COORDINATE } from '../../src/text/coordinate.ts';
import { privacyRefused } from '../../src/text/fill.ts';
import { findingText } from '../../src/text/findings.ts';
import { EXPLAIN, SUBMIT } from '../../src/text/submit.ts';
import { button } from '../actions.ts';
import { impossible } from '../findings.ts';
import { type At, type Facts, type Flow, type Opened, type Outcome, openReport, type Turn } from '../flow.ts';
import { isReason, LONGEST_REASON } from '../reasons.ts';
import { stamp } from '../record.ts';
import { stale, staleMessage } from '../stale.ts';
import { isOwnVersion, tellOfficers } from './receive.ts';

const home = { flow: 'coordinate', page: 0 } as const;

export const decide: Flow<'decide'> = {
  prompt: (waiting, facts) => {
    const opened = openReport(facts, waiting.report);
    return [opened ? question(waiting, opened, facts) : staleMessage];
  },
  answer: (waiting, input, turn) => {
    const opened = openReport(turn.facts, waiting.report);
    if (!opened || input.type !== 'text' || turn.facts.person?.role !== 'coordinator')
      return { ...stale, go: home };
    const words = clean(input.text);
    if (words === '') return { say: [question(waiting, opened, turn.facts)] };
    // Before anything quotes them: what is said is stored too.
    const fault = privacyFault(words);
    if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
    if (!isReason(words)) {
      return { say: [{ text: [CHOICES.notReason(words)] }, question(waiting, opened, turn.facts)] };
    }
    if (words.length > LONGEST_REASON) return { say: [{ text: [EXPLAIN.tooLong] }] };
    switch (waiting.what) {
      case 'return':
        return returned(opened, String(waiting.version), words, turn);
      case 'refuse':
        return refused(opened, words, turn);
      case 'override':
        return overrode(opened, words, turn);
    }
  },
};

/** What is to be decided, with the points that would pass, and the way out. */
function question({ what }: At<'decide'>, opened: Opened, facts: Facts): Message {
  const { unit, template } = opened;
  const { shown, total } = impossible(facts, opened);
  return {
    text:
      what === 'override'
        ? lines(
            COORDINATE.askOverride(unit),
            ...shown.map((each) => findingText(template, each)),
            SUBMIT.listed(shown.length, total),
          )
        : [what === 'refuse' ? COORDINATE.askRefuse(unit) : COORDINATE.askReturn(unit)],
    buttons: [[button(COORDINATE.notNow, 'board', '', '', 0)]],
  };
}

/** Gives back the version that was looked at; one that was withdrawn or sent anew meanwhile is left alone. */
function returned(opened: Opened, version: string, text: string, turn: Turn): Outcome {
  const { report, unit } = opened;
  if (!isOwnVersion(opened, version)) return { say: [{ text: [COORDINATE.notSent(unit)] }], go: home };
  return {
    say: [{ text: [COORDINATE.returned(unit)] }],
    changes: [{ type: 'returned', report: report.id, explanation: { ...stamp(turn), text } }],
    tell: tellOfficers(turn.facts, opened, toBeFixed(opened, COORDINATE.tellReturned, text)),
    go: home,
  };
}

/** The unit still holds its draft: it only learns what to mend. */
function refused(opened: Opened, text: string, turn: Turn): Outcome {
  const { report, unit } = opened;
  if (!isEditable(report)) return { say: [{ text: [COORDINATE.notSent(unit)] }], go: home };
  return {
    say: [{ text: [COORDINATE.refused(unit)] }],
    tell: tellOfficers(turn.facts, opened, toBeFixed(opened, COORDINATE.tellRefused, text)),
    go: home,
  };
}

const toBeFixed = (
  { report, template, campaign }: Opened,
  words: typeof COORDINATE.tellReturned,
  text: string,
): Message => ({
  text: words(template, campaign, text),
  buttons: [[button(COORDINATE.fix, 'open', report.id)]],
});

/** Lets those points pass that were shown, as nobody decides about what was not; more of them come with the next request. */
function overrode(opened: Opened, text: string, turn: Turn): Outcome {
  const { report, template, unit } = opened;
  const { shown: hard, total } = impossible(turn.facts, opened);
  if (total === 0) return { say: [{ text: [COORDINATE.nothingToOverride(unit)] }], go: home };
  return {
    say: [
      {
        text: lines(
          COORDINATE.overrode(unit, hard.length, total),
          ...(hard.length < total ? hard.map((each) => findingText(template, each)) : []),
        ),
      },
    ],
    changes: hard.map((each) => ({
      type: 'overridden',
      report: report.id,
      rule: each.id,
      explanation: { ...stamp(turn), text },
    })),
    tell: tellOfficers(turn.facts, opened, {
      text: COORDINATE.tellOverride(text, hard.length, total),
    }),
    go: home,
  };
}

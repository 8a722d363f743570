// What still stands in the way of sending a report: indicators without a value, and findings that are not settled.
import type { Button, Message, Text } from '../src/domain/conversation.ts';
import type { Finding } from '../src/domain/finding.ts';
import { isExplainable } from '../src/domain/open-findings.ts';
import { partsOf, unanswered } from '../src/domain/progress.ts';
import type { Indicator } from '../src/domain/template.ts';
import { ASSIGN } from '../src/text/assign.ts';
import { lines } from '../src/text/common.ts';
import { findingText } from '../src/text/findings.ts';
import { SUBMIT } from '../src/text/submit.ts';
import { button, inWords } from './actions.ts';
import { awayWords } from './assign/list.ts';
import { findingsOf, listed, openFindings, pointButtons } from './findings.ts';
import type { Facts, Opened } from './flow.ts';

/** What blocks sending, most basic first, as messages with ways out; undefined when nothing does. */
export function obstacles(facts: Facts, opened: Opened): readonly Message[] | undefined {
  const gaps = unanswered(opened.template, opened.report);
  if (gaps.length > 0) return [missingMessage(facts, opened, gaps)];
  const open = openFindings(findingsOf(facts, opened), opened);
  const hard = open.filter((each) => each.severity === 'hard');
  if (hard.length > 0) return [findingsMessage(opened, hard, SUBMIT.hard(hard.length))];
  const soft = open.filter((each) => each.severity === 'soft');
  return soft.length > 0 ? [findingsMessage(opened, soft, SUBMIT.soft(soft.length))] : undefined;
}

function missingMessage(facts: Facts, opened: Opened, gaps: readonly Indicator[]): Message {
  const { template, report } = opened;
  const parts = partsOf(template)
    .map((part) => ({ part, n: gaps.filter((row) => row.section === part.id).length }))
    .filter((part) => part.n > 0);
  return {
    text: lines(SUBMIT.missing(template, parts, gaps.length), ...awayWords(facts, opened)),
    buttons: [
      [button(SUBMIT.resume, 'open', report.id), button(SUBMIT.list, 'review', report.id, '', 0)],
      // So much at once must not hang on a number that was perhaps meant for the question.
      [inWords(blankButton(opened, gaps))],
    ],
  };
}

/** First what is this officer's own to leave blank; what colleagues have is decided on apart from it. */
function blankButton({ report, away }: Opened, gaps: readonly Indicator[]): Button {
  const own = gaps.filter(({ id }) => !away?.has(id)).length;
  return own > 0
    ? button(SUBMIT.blankRest(own, gaps.length - own), 'blankRest', report.id, '', own)
    : button(ASSIGN.blankAway(gaps.length), 'blankRest', report.id, '', `${AWAY}${gaps.length}`);
}

/** Stands in that button before a number of indicators that are with colleagues. */
export const AWAY = 'g';

/** So many points have buttons of their own; the others are reached through the list. */
const MOST_WITH_BUTTONS = 5;

/** Hard points lead to the figures or to the coordinator; soft ones may also be confirmed, all those listed at once. */
function findingsMessage(opened: Opened, found: readonly Finding[], head: Text): Message {
  const { template, report } = opened;
  const { single, blank } = listed(found);
  const needsCoordinator = found.some((each) => !isExplainable(each));
  const buttons = pointButtons(opened, single.slice(0, MOST_WITH_BUTTONS), 2);
  const last = needsCoordinator
    ? [[button(SUBMIT.askOverride, 'askOverride', report.id)]]
    : found.every((each) => each.severity === 'soft')
      ? [[button(SUBMIT.allChecked, 'confirmed', report.id, '', found.length)]]
      : [];
  const left = found.length - single.length - blank.length;
  return {
    text: lines(
      head,
      ...single.map((each) => findingText(template, each)),
      blank.length > 0
        ? SUBMIT.choicesBlank(
            template,
            blank.flatMap((each) => each.rows),
          )
        : undefined,
      SUBMIT.listed(found.length - left, found.length),
    ),
    buttons: [...buttons, ...last, [button(SUBMIT.list, 'review', report.id, '', 0)]],
  };
}

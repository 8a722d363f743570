// Words from one person to another about a report: a question and its reply, and the reasons for unlocking, refusing, declining.
import type { Message } from '../src/domain/conversation.ts';
import type { Role } from '../src/domain/people.ts';
import { clean } from '../src/domain/words.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { APPROVE } from '../src/text/approve.ts';
import { ASK } from '../src/text/ask.ts';
import { CHOICES } from '../src/text/choices.ts';
import { privacyRefused } from '../src/text/fill.ts';
import { EXPLAIN } from '../src/text/submit.ts';
import { UNLOCK } from '../src/text/unlock.ts';
import type { Verb } from './actions.ts';
import { button } from './actions.ts';
import { declined } from './approve.ts';
import { backTo } from './aside.ts';
import { asked, questionOf, replied } from './coordinate/ask.ts';
import { type At, type Facts, type Flow, type Opened, type Outcome, openReport, type Turn } from './flow.ts';
import { isReason, LONGEST_REASON } from './reasons.ts';
import { stale, staleMessage } from './stale.ts';
import { keptLocked, reopened, unlockAsked } from './unlock.ts';

type What = At<'reason'>['what'];

/** `by`: whose words they are; `verb`: of the button that gives it up; `done`: what becomes of the words. */
type About = {
  readonly by: Role;
  readonly verb: Verb;
  readonly ask: (opened: Opened, of: string, facts: Facts) => Message['text'];
  readonly done: (opened: Opened, of: string, text: string, turn: Turn) => Outcome;
};

const ABOUT: Readonly<Record<What, About>> = {
  ask: {
    ...{ by: 'coordinator', verb: 'ask', ask: ({ unit }) => [ASK.ask(unit)] },
    done: (opened, _of, text, turn) => asked(opened, text, turn),
  },
  reply: {
    ...{ by: 'officer', verb: 'reply', done: replied },
    ask: (opened, of, facts) => ASK.askReply(questionOf(facts, opened, of)),
  },
  unlock: {
    ...{ by: 'officer', verb: 'askUnlock', done: unlockAsked },
    ask: ({ report }) => [UNLOCK.ask(report.submissions.length + 1)],
  },
  reopen: {
    ...{ by: 'coordinator', verb: 'unlock', done: reopened },
    ask: ({ unit }) => [UNLOCK.askReopen(unit)],
  },
  keepLocked: {
    ...{ by: 'coordinator', verb: 'keepLocked', done: keptLocked },
    ask: ({ unit }) => [UNLOCK.askKeep(unit)],
  },
  decline: { by: 'leader', verb: 'decline', done: declined, ask: () => [APPROVE.askDecline] },
};

/** What the button that gives such words up carries in place of what they are about. */
export const NOT_NOW = 'no';

export const reason: Flow<'reason'> = {
  prompt: (waiting, facts) => [question(waiting, openReport(facts, waiting.report), facts)],
  answer: (waiting, input, turn) => {
    const { facts } = turn;
    const opened = openReport(facts, waiting.report);
    const about = ABOUT[waiting.what];
    if (!opened || input.type !== 'text' || facts.person?.role !== about.by)
      return { ...stale, ...backTo(waiting.back, turn) };
    const words = clean(input.text);
    // Before anything quotes them: what is said is stored too.
    const fault = privacyFault(words);
    if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
    if (!isReason(words))
      return {
        say: [
          ...(words === '' ? [] : [{ text: [CHOICES.notReason(words)] }]),
          question(waiting, opened, facts),
        ],
      };
    if (words.length > LONGEST_REASON) return { say: [{ text: [EXPLAIN.tooLong] }] };
    return { ...backTo(waiting.back, turn), ...about.done(opened, waiting.of, words, turn) };
  },
};

function question({ what, of }: At<'reason'>, opened: Opened | undefined, facts: Facts): Message {
  if (!opened) return staleMessage;
  const { ask, verb } = ABOUT[what];
  return {
    text: ask(opened, of, facts),
    buttons: [[button(ASK.notNow, verb, opened.report.id, '', NOT_NOW)]],
  };
}

/** Nothing is said after all: back to what was being done. */
export const giveUp = (turn: Turn): Outcome => {
  const { waiting } = turn.session;
  const { go, quiet } = backTo(waiting.flow === 'reason' ? waiting.back : undefined, turn);
  // Without a place to go back to, the list says where one is.
  return quiet && go ? { go } : { ...(go && { go }) };
};

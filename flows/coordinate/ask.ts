// "Hỏi lại": a coordinator's question about a report, which stays as it is, and the unit's reply.
import type { Recorded } from '../../src/domain/change.ts';
import type { Message } from '../../src/domain/conversation.ts';
import { shortHash } from '../../src/domain/hash.ts';
import { ASK } from '../../src/text/ask.ts';
import { button } from '../actions.ts';
import { placeOf } from '../aside.ts';
import type { Facts, Opened, Outcome, Turn } from '../flow.ts';
import { coordinators, officers } from '../notify.ts';
import { stamp } from '../record.ts';
import { tellOfficers } from './receive.ts';

const nameOf = ({ facts }: Turn): string => facts.person?.name ?? '';

/** Begins a question, unless nobody would get it. */
export function askUnit(opened: Opened, turn: Turn): Outcome {
  if (officers(turn.facts, opened.unit.id).length === 0)
    return { say: [{ text: [ASK.nobody(opened.unit)] }] };
  const back = placeOf(turn.session.waiting);
  return {
    go: { flow: 'reason', what: 'ask', report: opened.report.id, of: '', ...(back && { back }) },
  };
}

/** The question goes to every officer of the unit. */
export function asked(opened: Opened, text: string, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  return {
    say: [{ text: [ASK.asked(unit)] }],
    changes: [{ type: 'asked', report: report.id, explanation: { ...stamp(turn), text } }],
    tell: tellOfficers(turn.facts, opened, {
      text: ASK.told(template, campaign, nameOf(turn), text),
      buttons: [[button(ASK.reply, 'reply', report.id, '', shortHash(turn.event))]],
    }),
  };
}

/** Begins a reply; the question that was being answered in the form waits. */
export function replyTo(opened: Opened, question: string, turn: Turn): Outcome {
  const back = placeOf(turn.session.waiting);
  return {
    go: { flow: 'reason', what: 'reply', report: opened.report.id, of: question, ...(back && { back }) },
  };
}

/** A question by the short form of its event, as long as it is among the newest changes. */
export function questionOf(facts: Facts, opened: Opened, ref: string): string | undefined {
  const isIt = ({ change }: Recorded): boolean =>
    change.type === 'asked' &&
    change.report === opened.report.id &&
    shortHash(change.explanation.event) === ref;
  const found = facts.recent().find(isIt)?.change;
  return found?.type === 'asked' ? found.explanation.text : undefined;
}

/** The reply goes to every coordinator of the unit, the one who asked among them. */
export function replied(opened: Opened, question: string, text: string, turn: Turn): Outcome {
  const { report, template, campaign, unit } = opened;
  const message: Message = {
    text: ASK.toldReply(
      template,
      campaign,
      unit,
      nameOf(turn),
      questionOf(turn.facts, opened, question),
      text,
    ),
    buttons: [[button(ASK.see, 'open', report.id)]],
  };
  return {
    say: [{ text: [ASK.replied] }],
    changes: [{ type: 'replied', report: report.id, explanation: { ...stamp(turn), text } }],
    tell: coordinators(turn.facts, opened).map((conversation) => ({ conversation, message })),
  };
}

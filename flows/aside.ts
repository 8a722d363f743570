// Something said in between: where somebody was before, and the way back there.

import { isOverseer } from '../src/domain/people.ts';
import { isEditable } from '../src/domain/report.ts';
import type { Place, Waiting } from '../src/domain/waiting.ts';
import { type Outcome, openReport, type Turn } from './flow.ts';

/** The place to come back to, if it is one where something was being done. */
export function placeOf(waiting: Waiting): Place | undefined {
  switch (waiting.flow) {
    case 'fill':
    case 'review':
    case 'submit':
    case 'return':
      return waiting;
    case 'explain':
      return waiting.back === undefined
        ? { flow: 'review', report: waiting.report, page: 0 }
        : { flow: 'fill', report: waiting.report, indicator: waiting.back };
    case 'reason':
      return waiting.back;
    default:
      return undefined;
  }
}

/** Back to that place when it still stands open, else home; a list at home is not read out again. */
export function backTo(back: Place | undefined, { facts }: Turn): Pick<Outcome, 'go' | 'quiet'> {
  const opened = back && openReport(facts, back.report);
  const isOpen =
    back?.flow === 'return' ? opened?.report.status === 'submitted' : opened && isEditable(opened.report);
  if (back && isOpen) return { go: back };
  const oversees = facts.person !== undefined && isOverseer(facts.person.role);
  return { go: oversees ? { flow: 'coordinate', page: 0 } : { flow: 'menu' }, quiet: true };
}

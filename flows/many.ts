// Many indicators answered at once: what was listed and confirmed by a tap is stored, all of it as one step.

import type { Proposed } from '../src/domain/carry.ts';
import type { Change } from '../src/domain/change.ts';
import type { Button } from '../src/domain/conversation.ts';
import { nextIndicator } from '../src/domain/progress.ts';
import { isEditable } from '../src/domain/report.ts';
import type { Waiting } from '../src/domain/waiting.ts';
import { fold } from '../src/domain/words.ts';
import { lines } from '../src/text/common.ts';
import { MANY } from '../src/text/many.ts';
import { button } from './actions.ts';
import { askedIn } from './asked.ts';
import { factsAfter } from './facts-after.ts';
import { newPoints } from './findings.ts';
import { type Opened, type Outcome, openReport, rowByRef, type Turn } from './flow.ts';
import { headingNamed } from './heading.ts';
import { codeOf, countOf, foundIn, headingsOf, type Many, pagesOf, type Where } from './many-found.ts';
import { listMessage, partsMessage } from './many-list.ts';
import { lockedMessage } from './menu.ts';
import { goOn, toGap } from './navigate.ts';
import { setAnswer, setHeadingNote } from './record.ts';
import { openOf, pointsOf } from './returned.ts';
import { stale } from './stale.ts';

/**
 * The buttons: '' the parts to choose from; "p.0" the list of a part, by page ("w.0" with ratios and dates); "p.0.12.code" writes
 * the lines of that page, "p.a.112.code" those of all pages.
 */
export function pressMany(many: Many, opened: Opened, ref: string, arg: string, turn: Turn): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  const row = ref === '' ? undefined : rowByRef(opened.template, ref);
  if (ref !== '' && !row) return stale;
  if (arg === '') return { say: [partsMessage(many, opened)] };
  const [mode, page = '', count, code] = arg.split('.');
  const where: Where = { ...(row && { row }), isWide: mode === 'w' };
  if (count === undefined) return { say: [listMessage(many, opened, where, Number(page) || 0, turn)] };
  const { items } = foundIn(many, opened, where);
  const chosen = page === 'a' ? items : (pagesOf(opened, items, where)[Number(page)] ?? []);
  if (chosen.length === 0 || String(chosen.length) !== count || codeOf(chosen) !== code)
    return { say: [{ text: [MANY.changed] }, listMessage(many, opened, where, Number(page) || 0, turn)] };
  return store(many, opened, where, chosen, turn);
}

/**
 * The list for the section or group that the words name, or for the section in which a question is asked; else the parts to choose
 * from.
 */
export function manyHere(many: Many, opened: Opened, words: string, turn: Turn): Outcome {
  if (!isEditable(opened.report)) return { say: [lockedMessage(opened)] };
  const { template } = opened;
  if (many.whole && WHOLE.has(fold(words)))
    return { say: [listMessage(many, opened, { isWide: false }, 0, turn)] };
  const at = askedIn(opened, turn);
  const row = words === '' ? at && template.byId.get(at.section) : headingNamed(template, words);
  return {
    say: [row ? listMessage(many, opened, { row, isWide: false }, 0, turn) : partsMessage(many, opened)],
  };
}

const WHOLE: ReadonlySet<string> = new Set(['ca bao cao', 'tat ca', 'het']);

function store(many: Many, opened: Opened, where: Where, chosen: readonly Proposed[], turn: Turn): Outcome {
  const given = many.campaign === undefined ? {} : { carried: many.campaign };
  const isAll = chosen.length === foundIn(many, opened, where).items.length;
  const answers = chosen.flatMap(({ indicator, value, note }, n): Change[] => {
    const own = opened.report.answers[indicator.id]?.note;
    const both = note === undefined || own !== undefined ? { value } : { value, note };
    const set = setAnswer(opened, indicator.id, { ...both, ...given }, turn).changes;
    // The report is begun once.
    return n === 0 ? set : set.slice(-1);
  });
  const notes = headingsOf(many, opened, where, isAll).flatMap(({ row, note }) =>
    setHeadingNote(opened, row.id, note).slice(-1),
  );
  const changes = [...answers, ...notes];
  const report = opened.report.id;
  const facts = factsAfter(turn.facts, changes);
  const after = openReport(facts, report) ?? opened;
  const ids = chosen.map(({ indicator }) => indicator.id);
  const points = MANY.points(newPoints(turn.facts, opened, after, ids));
  const left = foundIn(many, after, where).items.length;
  const mode = where.isWide ? 'w' : 'p';
  const on = button(MANY.more(many.words, left), many.verb, report, where.row?.id ?? '', `${mode}.0`);
  const buttons = [
    ...(points === undefined ? [] : [[button(MANY.review, 'review', report, '', 0)]]),
    ...(left > 0 ? [[on]] : []),
  ];
  return {
    say: [
      {
        text: lines(MANY.done(many.words, chosen.length, many.period), points),
        ...(buttons.length > 0 ? { buttons, marks: 'coded' } : {}),
      },
    ],
    changes,
    doubts: turn.session.doubts.filter((each) => each.report !== report || !ids.includes(each.indicator)),
    go: nextPlace(after, ids, turn),
  };
}

/** The question that was asked, when it still waits; else on from there, or to the first that waits. */
function nextPlace(after: Opened, written: readonly string[], turn: Turn): Waiting {
  const { waiting } = turn.session;
  const asked = askedIn(after, turn);
  if (waiting.flow === 'fill' && asked)
    return written.includes(asked.id) ? goOn(after, asked, waiting) : waiting;
  const report = after.report.id;
  if (pointsOf(after).length > 0) {
    const [point] = openOf(after);
    return point ? { flow: 'fill', report, indicator: point.indicator } : { flow: 'submit', report };
  }
  return toGap(report, nextIndicator(after));
}

/** The way in from a list: under "/muc", where there is something to answer. */
export const manyButton = (many: Many, opened: Opened): Button[] =>
  isEditable(opened.report) && countOf(many, opened) > 0
    ? [button(many.words.entry, many.verb, opened.report.id)]
    : [];

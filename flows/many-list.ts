// The lists of what would be answered at once, with the taps that confirm exactly what was shown.
import type { Proposed } from '../src/domain/carry.ts';
import type { Button, Message } from '../src/domain/conversation.ts';
import { ancestors, partsOf } from '../src/domain/progress.ts';
import type { Template } from '../src/domain/template.ts';
import { lines } from '../src/text/common.ts';
import { MANY } from '../src/text/many.ts';
import { button } from './actions.ts';
import { askedIn } from './asked.ts';
import type { Opened, Turn } from './flow.ts';
import {
  codeOf,
  countOf,
  foundIn,
  headingsOf,
  lineOf,
  type Many,
  pagesOf,
  type Where,
} from './many-found.ts';

/** The parts of the form in which there is something, to choose from. */
export function partsMessage(many: Many, opened: Opened): Message {
  const { template, report } = opened;
  const whole = foundIn(many, opened, { isWide: false }).items.length;
  const parts = partsOf(template).flatMap((row): Button[][] => {
    const n = foundIn(many, opened, { row, isWide: false }).items.length;
    return n === 0 ? [] : [[button(MANY.place(template, row, n), many.verb, report.id, row.id, 'p.0')]];
  });
  if (parts.length === 0) return { text: [MANY.none(many.words, template, undefined, many.period)] };
  return {
    text: [many.words.choose],
    buttons: [...parts, ...(many.whole ? [[wholeButton(many, opened, whole)]] : [])],
    marks: 'number',
  };
}

const wholeButton = (many: Many, { template, report }: Opened, n: number): Button =>
  button(MANY.place(template, undefined, n), many.verb, report.id, '', 'p.0');

/** One page of what would be written, with the tap that writes it, and the ways to less or more. */
export function listMessage(many: Many, opened: Opened, where: Where, page: number, turn: Turn): Message {
  const { template } = opened;
  const { items, wide, asked } = foundIn(many, opened, where);
  const pages = pagesOf(opened, items, where);
  const at = Math.min(Math.max(page, 0), Math.max(pages.length - 1, 0));
  const shown = pages[at] ?? [];
  const isLong = pages.length > 1;
  return {
    text: lines(
      shown.length === 0
        ? [MANY.none(many.words, template, where.row, many.period)]
        : MANY.head(many.words, template, where.row, many.period, items.length),
      isLong ? MANY.page(at, pages.length) : undefined,
      isLong && !where.row ? MANY.bySection(template, countsBy(template, items)) : undefined,
      ...shown.map((each) => lineOf(opened, each)),
      ...headingsOf(many, opened, where, shown.length > 0 && at === pages.length - 1).map(({ row, note }) =>
        MANY.headingNote(template, row, note),
      ),
      wide > 0 ? MANY.leftOut(wide) : undefined,
      asked.length > 0 && shown.length > 0 ? MANY.asked(asked) : undefined,
    ),
    buttons: [
      ...deciding(many, opened, where, pages, at),
      ...(wide > 0
        ? [[button(MANY.withRatios(wide), many.verb, opened.report.id, where.row?.id ?? '', 'w.0')]]
        : []),
      ...elsewhere(many, opened, where, turn),
    ],
    // What decides has a code of its own, so that no figure is ever taken for it.
    marks: 'coded',
  };
}

const countsBy = (template: Template, items: readonly Proposed[]) =>
  partsOf(template).flatMap((part) => {
    const n = items.filter(({ indicator }) => indicator.section === part.id).length;
    return n === 0 ? [] : [{ part, n }];
  });

/** This page's lines; all of them only once the last page is seen. */
function deciding(
  many: Many,
  { report }: Opened,
  { row, isWide }: Where,
  pages: readonly (readonly Proposed[])[],
  at: number,
): Button[][] {
  const shown = pages[at] ?? [];
  if (shown.length === 0) return [];
  const mode = isWide ? 'w' : 'p';
  const to = (label: string, arg: string) => button(label, many.verb, report.id, row?.id ?? '', arg);
  const all = pages.flat();
  const later = pages.slice(at + 1).flat().length;
  const yes = to(many.words.yes(shown.length), `${mode}.${at}.${shown.length}.${codeOf(shown)}`);
  const yesAll = to(many.words.all(all.length), `${mode}.a.${all.length}.${codeOf(all)}`);
  const turning = [
    ...(at > 0 ? [to(MANY.back, `${mode}.${at - 1}`)] : []),
    ...(later > 0 ? [to(MANY.next(later), `${mode}.${at + 1}`)] : []),
  ];
  return [
    [yes],
    ...(pages.length > 1 && later === 0 ? [[yesAll]] : []),
    ...(turning.length > 0 ? [turning] : []),
  ];
}

/** Less or more than this: the groups around the question that is asked, and the whole report. */
function elsewhere(many: Many, opened: Opened, { row }: Where, turn: Turn): Button[][] {
  const { template, report } = opened;
  const at = askedIn(opened, turn);
  const here = row ? foundIn(many, opened, { row, isWide: false }).items.length : 0;
  const groups = at && row?.id === at.section ? [...ancestors(template, at)].reverse() : [];
  const narrower = groups.flatMap((group): Button[][] => {
    const n = foundIn(many, opened, { row: group, isWide: false }).items.length;
    const label = MANY.place(template, group, n);
    return n === 0 || n === here ? [] : [[button(label, many.verb, report.id, group.id, 'p.0')]];
  });
  const whole = many.whole && row ? countOf(many, opened) : 0;
  return [...narrower, ...(whole > here ? [[wholeButton(many, opened, whole)]] : [])];
}

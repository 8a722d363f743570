// What a coordinator sees while giving a report back: the points so far, the one being asked about, and the ways on.
import type { Button, Message } from '../../src/domain/conversation.ts';
import { figuresRead, rowsRead } from '../../src/domain/relations.ts';
import { changedSince } from '../../src/domain/report.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { lines } from '../../src/text/common.ts';
import { COORDINATE } from '../../src/text/coordinate.ts';
import { RETURN } from '../../src/text/return.ts';
import { button } from '../actions.ts';
import { type At, indicatorOf, type Opened } from '../flow.ts';
import { candidates } from './return-lines.ts';

const MOST_OFFERED = 8;

/** The place as it stands, most pressing first: a line that is not understood, the indicator picked, else everything. */
export function gathering(waiting: At<'return'>, opened: Opened): Message {
  const { points, text, version, kept = [] } = waiting;
  const { template, unit, report } = opened;
  const { answers } = report;
  const [line] = kept;
  const isEmpty = points.length === 0 && text === undefined;
  const picked = waiting.at === undefined ? undefined : indicatorOf(template, waiting.at);
  const head = isEmpty ? undefined : RETURN.gathered(template, answers, unit, version, points, text);
  if (line !== undefined) return asksWhich(line, head, waiting, opened);
  if (picked)
    return {
      text: lines(head, RETURN.askLine(template, answers, picked)),
      buttons: [
        [button(RETURN.unpick, 'point', report.id, picked.id, `${version}.x`)],
        ...(isEmpty ? [] : [[sendButton(waiting)]]),
        [notNow],
      ],
    };
  const offers = offered(waiting, opened);
  return {
    text: isEmpty ? RETURN.ask(unit, version, offers.length > 0) : lines(head, RETURN.more),
    buttons: [
      ...offers,
      ...dropButtons(waiting, opened),
      ...(isEmpty ? [] : [[sendButton(waiting)]]),
      [notNow],
    ],
  };
}

const notNow = button(COORDINATE.notNow, 'board', '', '', 0);

/** It decides, so it goes by words of its own and not by a mark. */
const sendButton = ({ report, version, points }: At<'return'>): Button => ({
  ...button(RETURN.send(points.length), 'sendBack', report, '', `${version}.${points.length}`),
  typed: RETURN.sendWords,
});

function asksWhich(
  line: string,
  head: Message['text'] | undefined,
  { report, version }: At<'return'>,
  { template }: Opened,
): Message {
  const found = candidates(template, line);
  const shown = found.slice(0, MOST_OFFERED);
  const words = found.length > 0 ? RETURN.unclear(line, found.length - shown.length) : RETURN.notFound(line);
  return {
    text: lines(head, words),
    buttons: [
      ...shown.map((row) => [button(RETURN.row(template, row), 'point', report, row.id, `${version}.k`)]),
      [button(RETURN.asIs, 'sendBack', report, '', `${version}.asis`)],
      [button(RETURN.forget, 'sendBack', report, '', `${version}.drop`)],
    ],
  };
}

/** What the unit gave reasons for, or confirmed although it looked odd, and is not picked yet. */
function offered({ points, version }: At<'return'>, opened: Opened): Button[][] {
  const { template, report } = opened;
  return warned(opened)
    .filter((row) => !points.some(({ indicator }) => indicator === row.id))
    .slice(0, MOST_OFFERED)
    .map((row) => [button(RETURN.row(template, row), 'point', report.id, row.id, version)]);
}

/** The first indicator of everything that was explained, confirmed or let pass; what has words first, single codes last. */
function warned({ template, report }: Opened): readonly Indicator[] {
  const { explanations, overrides, answers } = report;
  const rules = new Map(template.rules.map((rule) => [rule.id, rule]));
  const rank = (id: string, text: string): number =>
    text !== '' ? 0 : id.startsWith('choiceBlank:') ? 2 : 1;
  const found = [...Object.entries(overrides), ...Object.entries(explanations)].flatMap(
    ([id, { text, at }]) => {
      const rule = rules.get(id);
      // A check that every row has is named `<kind>:<row>`.
      const own = id.slice(id.indexOf(':') + 1);
      const row = (rule ? figuresRead(rule) : [own]).flatMap((each) => indicatorOf(template, each) ?? [])[0];
      const isOver = (rule ? rowsRead(rule) : [own]).some((each) => changedSince(answers[each], at));
      return row && !isOver ? [{ row, rank: rank(id, text), at: template.indicators.indexOf(row) }] : [];
    },
  );
  return [...new Set(found.sort((a, b) => a.rank - b.rank || a.at - b.at).map(({ row }) => row))];
}

/** Three beside each other, numbered like the list. */
function dropButtons({ points, version }: At<'return'>, { template, report }: Opened): Button[][] {
  const all = points.flatMap(({ indicator }, n) => {
    const row = indicatorOf(template, indicator);
    return row ? [button(RETURN.drop(template, row, n + 1), 'point', report.id, row.id, `${version}.x`)] : [];
  });
  return all.flatMap((_, n) => (n % 3 === 0 ? [all.slice(n, n + 3)] : []));
}

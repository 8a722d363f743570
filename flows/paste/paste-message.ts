// The message that shows a paste as it was understood, before anything is stored.
import type { Button, Message, Text } from '../../src/domain/conversation.ts';
import type { Template } from '../../src/domain/template.ts';
import { lines } from '../../src/text/common.ts';
import { flat } from '../../src/text/findings.ts';
import { PASTE, pasteWhy } from '../../src/text/paste.ts';
import { button } from '../actions.ts';
import type { At, Facts, Opened } from '../flow.ts';
import { type Looked, lookAt } from './paste-look.ts';
import type { FigureList, PastedLine, Start } from './pasted.ts';

/** What one message holds (characters): all of it, and as much of it about what was not understood. */
const ROOM = { all: 3300, troubles: 1700 };
const MOST_PICKS = 8;
const MOST_SECTIONS = 3;
/** Lines that are still asked about, of which the first has its buttons. */
const MOST_SHOWN = 5;

/** The paste as it waits: where the column or the beginning is unclear, that is asked first. */
export function pasteMessage(facts: Facts, opened: Opened, waiting: At<'paste'>): Message {
  const looked = lookAt(facts, opened, waiting);
  const { columns, list, lines: said } = looked.pasted;
  const set = (label: string, arg: string): Button[] => [button(label, 'paste', opened.report.id, '', arg)];
  const drop = set(waiting.stored ? PASTE.dropRest : PASTE.drop, 'x');
  if (columns && columns.length > 0)
    return {
      text: PASTE.askColumn(said.length),
      buttons: [
        ...columns.map(({ index, header, samples }) =>
          set(PASTE.column(index, header, samples), `k${index}`),
        ),
        drop,
      ],
    };
  if (list && list.start === undefined && looked.writes.length === 0)
    return list.starts.length > 0
      ? { text: PASTE.askStart(list), buttons: [...starts(opened, waiting, list), drop] }
      : { text: PASTE.noRoom(list), buttons: [...sections(opened, looked), drop] };
  const store = looked.writes.length > 0 ? [set(PASTE.store(looked.writes.length), `w${looked.mark}`)] : [];
  const [first] = looked.open;
  if (waiting.stored)
    return {
      text: leftOver(opened, looked),
      buttons: [
        ...store,
        ...picks(opened, looked),
        ...(first ? [set(PASTE.skip(first.n), `n${first.n}`)] : []),
        drop,
      ],
      marks: 'coded',
    };
  const doubtful = looked.asked.filter(({ indicator }) => indicator).length;
  return {
    text: preview(opened, waiting, looked),
    buttons: [
      ...store,
      ...(store.length === 0 && doubtful > 0 ? [set(PASTE.askThem(doubtful), 'q')] : []),
      ...picks(opened, looked),
      ...sections(opened, looked),
      ...(list?.shifted ? starts(opened, waiting, list) : []),
      ...(waiting.more ? [set(PASTE.apart, 'o')] : []),
      drop,
    ],
    // It decides, so it has a code of its own where there are no buttons.
    marks: 'coded',
  };
}

/** The indicators at which the list may begin, without the one that was taken. */
function starts({ template, report }: Opened, waiting: At<'paste'>, list: FigureList): Button[][] {
  const rows = template.indicators.filter((row) => row.section === waiting.section);
  const of: Record<Start, (typeof rows)[number] | undefined> = {
    first: rows[0],
    current: rows.find((row) => row.id === waiting.indicator),
  };
  return list.starts
    .filter((start) => start !== list.start)
    .flatMap((start) => {
      const row = of[start];
      return row
        ? [[button(PASTE.start(row, start), 'paste', report.id, '', start === 'first' ? 'f' : 'c')]]
        : [];
    });
}

/** For the first line that fits several indicators: each of them. */
function picks({ template, report }: Opened, { open: [line] }: Looked): Button[][] {
  return (line?.candidates ?? [])
    .slice(0, MOST_PICKS)
    .map((row) => [
      button(PASTE.pick(template, line?.n ?? 0, row), 'paste', report.id, row.id, `a${line?.n}`),
    ]);
}

/** The other sections that lines fit, those of most lines first. */
function sections({ template, report }: Opened, { abroad }: Looked): Button[][] {
  return sectionsOf(abroad)
    .slice(0, MOST_SECTIONS)
    .flatMap((id) => {
      const row = template.byId.get(id);
      return row ? [[button(PASTE.toSection(template, row), 'paste', report.id, id, 's')]] : [];
    });
}

/** Sections by the number of lines that fit there, most first. */
export function sectionsOf(abroad: readonly PastedLine[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { elsewhere = [] } of abroad)
    for (const id of new Set(elsewhere.map((row) => row.section))) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([id]) => id);
}

function preview({ template }: Opened, waiting: At<'paste'>, looked: Looked): Text {
  const { asked, lost, abroad, writes, same } = looked;
  const head = [
    PASTE.head(template, template.byId.get(waiting.section), looked.read, looked.total),
    ...(looked.pasted.list?.shifted ? [[PASTE.shifted]] : []),
    ...(waiting.more ? [[PASTE.joined(waiting.more.length + 1)]] : []),
    [PASTE.nothingYet],
  ];
  const room = { left: ROOM.troubles };
  const told = (line: PastedLine): Text => toldLine(template, line);
  const troubles = [
    ...block(PASTE.doubts(asked.length, writes.length > 0), asked.map(told), room),
    ...block(PASTE.lost(lost.length), lost.map(told), room),
    ...block(PASTE.abroad(abroad.length), abroad.map(told), room),
  ];
  room.left = ROOM.all - flat(lines(...head, ...troubles)).length;
  return lines(
    ...head,
    ...troubles,
    ...block(PASTE.placed(writes.length), writtenLines(template, writes), room),
    ...(same > 0 ? ['', PASTE.same(same)] : []),
  );
}

/** What waits of a paste once the rest is stored: lines that fit several indicators, and those whose place has been chosen since. */
function leftOver({ template }: Opened, { open, writes }: Looked): Text {
  const room = { left: ROOM.troubles };
  const head = open.length > 0 ? [PASTE.whose(open.length)] : [];
  const asked = open.map((line) => toldLine(template, line));
  return lines(
    ...head,
    ...asked.slice(0, MOST_SHOWN),
    ...(asked.length > MOST_SHOWN ? [PASTE.more(asked.length - MOST_SHOWN)] : []),
    ...block(PASTE.placed(writes.length), writtenLines(template, writes), room),
  );
}

const toldLine = (template: Template, line: PastedLine): Text => [
  PASTE.line(
    template,
    line.n,
    line.why === 'private' ? '…' : line.text,
    line.indicator ? [line.indicator] : (line.candidates ?? line.elsewhere ?? []),
    pasteWhy(line.is === 'blank' ? 'noValue' : line.why, line.indicator),
  ),
];

const writtenLines = (template: Template, writes: Looked['writes']): Text[] =>
  writes.map(({ indicator, value, note, was }) => PASTE.write(template, indicator, value, note, was?.value));

/** A title and as many lines as there is room for, at least two; [] without lines. */
function block(title: Text, all: readonly Text[], room: { left: number }): Text[] {
  if (all.length === 0) return [];
  const shown: Text[] = [];
  for (const line of all) {
    const size = flat(line).length + 1;
    if (shown.length >= 2 && size > room.left) break;
    room.left -= size;
    shown.push(line);
  }
  const more = all.length - shown.length;
  return [[''], title, ...shown, ...(more > 0 ? [[PASTE.more(more)]] : [])];
}

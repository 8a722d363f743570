// A simulated officer who copies a real document into the chat, question by question, as a person would type it.
import { readFileSync } from 'node:fs';
import { readXlsx } from 'hucre/xlsx';
import type { Button } from '../../src/domain/conversation.ts';
import { headingsAbove, partName, placeInSection } from '../../src/domain/progress.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';

/** A printed row of a document: the five cells as they stand there, under the id of the row. */
export type Line = {
  readonly id: string;
  readonly stt: string;
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  readonly note: string;
};
export type Document = {
  readonly id: string;
  readonly unit: string;
  readonly period: string;
  readonly lines: readonly Line[];
};

/** What the bot said, as a person sees it. */
type Shown = {
  readonly text: string;
  readonly bold: readonly string[];
  readonly buttons: readonly Button[];
};

/** A chat as the officer uses it. `said` only ever grows; an edit changes a message in its place. */
export type Chat = {
  said(): readonly Shown[];
  say(text: string): Promise<void>;
  press(action: string): Promise<void>;
  /** Resolves to true when something new may have been said, to false when it stayed silent for too long. */
  news(): Promise<boolean>;
};

/** What the officer did: indicators in the order asked, how often each was answered or noted, and the silences that were met. */
export type Told = {
  readonly asked: readonly string[];
  readonly given: ReadonlyMap<string, number>;
  readonly doubts: readonly string[];
  readonly nudges: number;
};

/** Reads test/documents/<id>.tsv: # begins a comment, the first other line names the columns, \n in a cell is a line break. */
export function readDocument(id: string): Document {
  const text = readFileSync(new URL(`../documents/${id}.tsv`, import.meta.url), 'utf8');
  const head = (name: string): string => new RegExp(`^# ${name} (.+)$`, 'm').exec(text)?.[1] ?? '';
  const rows = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const lines = rows.slice(1).map((line): Line => {
    const cells = line.split('\t').map((cell) => cell.replaceAll('\\n', '\n').trim());
    const [row = '', stt = '', label = '', unit = '', value = '', note = ''] = cells;
    return { id: row, stt, label, unit, value, note };
  });
  return { id, unit: head('unit'), period: head('period'), lines };
}

/** Printed in a figure cell, with the figure that the officer means by it. */
const MEANT: Readonly<Record<string, { figure: number; note: string }>> = {
  '08/21': { figure: 8, note: '08/21' },
  '16.181 /16.183': { figure: 16181, note: '16.181 /16.183' },
  '21 nhiệm vụ cụ thể': { figure: 21, note: 'cụ thể' },
};

/** The figure that a printed cell stands for, read without the program's own readers; undefined for words and empty cells. */
function figureOf({ value }: Line, indicator: Indicator): number | undefined {
  const meant = MEANT[value]?.figure;
  if (meant !== undefined) return meant;
  if (indicator.type === 'count' || indicator.type === 'choice')
    return /^\d+(\.\d{3})*$/.test(value) ? Number(value.replaceAll('.', '')) : undefined;
  return /^\d+([.,]\d+)?%?$/.test(value) ? Number(value.replace('%', '').replace(',', '.')) : undefined;
}

/** What must be stored for a row: its printed cells, a number for a figure, text for words, '' for empty. */
export function expectedCells(line: Line, template: Pick<Template, 'byId'>): (string | number)[] {
  const row = template.byId.get(line.id);
  const value = row?.row === 'indicator' ? (figureOf(line, row) ?? line.value) : line.value;
  const note = [MEANT[line.value]?.note, line.note].filter((part) => part !== undefined && part !== '');
  return [line.stt, line.label, line.unit, value, note.join('; ')];
}

/** Every cell of an .xlsx that differs from the document; [] when it is the document. */
export async function differences(
  bytes: Uint8Array,
  document: Pick<Document, 'lines'>,
  template: Template,
): Promise<string[]> {
  const { sheets } = await readXlsx(bytes);
  return rowDifferences(
    sheets.flatMap((sheet) => sheet.rows),
    document,
    template,
  );
}

/**
 * Every cell of these rows that differs from the document. The form's own words stand before a note. `printed`: all
 * cells are words as on paper, where white space may be that of lines.
 */
export function rowDifferences(
  rows: readonly (readonly unknown[])[],
  document: Pick<Document, 'lines'>,
  template: Template,
  printed = false,
): string[] {
  const order = ['stt', 'label', 'unit', 'value', 'note'] as const;
  const shown = (value: unknown): unknown =>
    typeof value === 'string' && printed ? value.replace(/\s+/g, '') : (value ?? '');
  let at = 0;
  return document.lines.flatMap((line) => {
    const expected = expectedCells(line, template);
    const keys =
      template.tables
        .find((table) => table.id === template.byId.get(line.id)?.table)
        ?.columns.map(({ key }) => key) ?? [];
    const hint = template.byId.get(line.id)?.printedNote ?? '';
    const wantedNote = [hint, expected[4]].filter((part) => part !== '').join('; ');
    const label = shown(line.label);
    const found = rows.findIndex((row, n) => n >= at && shown(row[keys.indexOf('label')]) === label);
    if (found < 0) return [`${line.id}: the row is missing`];
    at = found + 1;
    const cells = rows[found] ?? [];
    return order.flatMap((key, n) => {
      const cell = cells[keys.indexOf(key)] ?? '';
      const stands = shown(printed && key === 'value' ? figureOnPaper(String(cell)) : cell);
      const wanted = shown(key === 'note' ? wantedNote : (expected[n] ?? ''));
      return stands === wanted
        ? []
        : [`${line.id} ${key}: ${JSON.stringify(stands)} ≠ ${JSON.stringify(wanted)}`];
    });
  });
}

/** "5.971" and "63,1%" as numbers; other words as they are. */
const figureOnPaper = (text: string): string | number =>
  /^(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?%?$/.test(text)
    ? Number(text.replace(/[.%]/g, '').replace(',', '.'))
    : text;

/** Numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Of the readings that are offered, the label of the one that was meant; the words as they stand where no figure was. */
export function meantBy(line: Line, indicator: Indicator, offered: readonly Button[]): string {
  const figure = figureOf(line, indicator);
  if (figure === undefined) return 'Ghi nguyên văn';
  const start = indicator.type === 'choice' ? `Ghi ${figure} – ` : 'Ghi ';
  const isIt = ({ label }: Button) => label.startsWith(start) && label !== 'Ghi nguyên văn';
  return offered.find(isIt)?.label ?? 'Ghi ?';
}

type Kind = 'question' | 'review' | 'doubt' | 'noted';

function kindOf({ text }: Shown): Kind | undefined {
  if (/^Chỉ tiêu \d+\/\d+ của mục/m.test(text)) return 'question';
  if (text.startsWith('Xem lại')) return 'review';
  if (text.startsWith('Anh/chị nhập “')) return 'doubt';
  return text.startsWith('Đã ghi chú cho') ? 'noted' : undefined;
}

/**
 * What stands before the question, the review or the doubt in one message, and that itself, with all that is bold; always two, so
 * that an edit moves nothing.
 */
export function parted<S extends Shown>(shown: S): readonly [S, S] {
  const blocks = shown.text.split('\n\n');
  const at = Math.max(
    0,
    blocks.findIndex((block) => kindOf({ ...shown, text: block }) !== undefined),
  );
  return [
    { ...shown, text: blocks.slice(0, at).join('\n\n'), bold: [], buttons: [] },
    { ...shown, text: blocks.slice(at).join('\n\n') },
  ];
}

/** True when a name is shown whole, or cut at its end. */
function isShown(name: string, shown: string): boolean {
  const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const whole = flat(name);
  return shown.endsWith('…') ? whole.startsWith(flat(shown.slice(0, -1))) : whole === flat(shown);
}

/** Which indicator a question asks: by a bold label, its place in the section, and the section's name. */
export function askedBy(question: Shown, template: Template): Indicator {
  const [, n, total] = /^Chỉ tiêu (\d+)\/(\d+) của mục/m.exec(question.text) ?? [];
  const [head = ''] = (question.text.split('\n')[0] ?? '').split(' › ');
  const found = template.indicators.filter((row) => {
    const place = placeInSection(template, row);
    const section = template.byId.get(row.section);
    return (
      [row.label, `${row.stt} ${row.label}`].some((name) =>
        question.bold.some((bold) => isShown(name, bold)),
      ) &&
      `${place.n}/${place.total}` === `${n}/${total}` &&
      section !== undefined &&
      isShown(partName(template, section), head)
    );
  });
  if (found.length !== 1 || !found[0])
    throw new Error(`${found.length} indicators fit the question\n${question.text}`);
  return found[0];
}

/** Fills the whole form from the question that stands in the chat to the review. The same seed makes the same choices. */
export async function fillForm(
  chat: Chat,
  template: Template,
  document: Document,
  seed: number,
): Promise<Told> {
  const random = seeded(seed);
  const saidNow = (): readonly Shown[] => chat.said().flatMap(parted);
  const [asked, doubts, given] = [[] as string[], [] as string[], new Map<string, number>()];
  const noted = new Set<string>();
  let mark = 0;
  let nudges = 0;
  /** The message whose button was pressed, as it was: a screen of several indicators changes in its place. */
  let pressed: { at: number; text: string } | undefined;
  const isNews = ({ text }: Shown, at: number): boolean =>
    at >= mark || (at === pressed?.at && text !== pressed.text);

  /** The first thing said since the last act that asks for the next one. */
  const answerOf = async (...kinds: Kind[]): Promise<{ kind: Kind; shown: Shown }> => {
    for (;;) {
      for (const shown of saidNow().filter(isNews)) {
        const kind = kindOf(shown);
        if (kind && (kinds.includes(kind) || (kind === 'question' && nudges > 0))) return { kind, shown };
      }
      if (await chat.news()) continue;
      nudges += 1;
      if (nudges > 8) throw new Error(`no ${kinds.join(', ')} after:\n${tail(chat, 6)}`);
      await chat.say('/start');
    }
  };
  const say = async (text: string): Promise<void> => {
    mark = saidNow().length;
    pressed = undefined;
    await chat.say(text);
  };
  const press = async (label: string): Promise<void> => {
    const said = saidNow();
    const at = said.findLastIndex(({ buttons }) => buttons.some((each) => each.label.startsWith(label)));
    const found = said[at]?.buttons.findLast((each) => each.label.startsWith(label));
    if (!found) throw new Error(`no button “${label}” in:\n${tail(chat, 3)}`);
    mark = said.length;
    pressed = { at, text: said[at]?.text ?? '' };
    await chat.press(found.action);
  };
  const count = (id: string): void => void given.set(id, (given.get(id) ?? 0) + 1);

  /** Notes on headings are given at the first indicator below; a heading further up gets its note moved to it. */
  const noteHeadings = async (indicator: Indicator): Promise<void> => {
    for (const [steps, heading] of headingsAbove(template, indicator).entries()) {
      const note = document.lines.find((line) => line.id === heading.id)?.note ?? '';
      if (note === '' || noted.has(heading.id)) continue;
      noted.add(heading.id);
      await say(`/ghichumuc ${note}`);
      await answerOf('noted');
      for (let n = 0; n < steps; n++) await press('Chuyển sang: ');
    }
  };

  /** The button of a code, in its row where several indicators stand on one screen; typed where it has none. */
  const pressCode = (code: number | undefined, indicator: Indicator): Promise<void> => {
    const screen = saidNow().findLast((each) => kindOf(each) === 'question');
    const row = screen?.text
      .split('\n')
      .find((line) => /^\d\. /.test(line) && screen.bold.includes(line.replace(/^\d\. /, '')));
    const label = indicator.choices.find((each) => each.code === code)?.label;
    const inRow = `${row?.split('.')[0]}. ${label}`;
    const has = (start: string) => screen?.buttons.some((each) => each.label.startsWith(start)) === true;
    if (has(inRow)) return press(inRow);
    return has(`${code} – `) ? press(`${code} – `) : say(String(code));
  };

  /** Types or presses the answer; a note sometimes goes ahead on its own. */
  const give = async (line: Line, indicator: Indicator): Promise<void> => {
    const { value } = line;
    if (value === '') return line.note === '' ? press('Để trống') : say(`/trong ${line.note}`);
    const byButton = indicator.type === 'choice' && random() < 0.5;
    const noteFirst = line.note !== '' && (byButton || random() < 0.25);
    if (noteFirst) {
      await say(random() < 0.5 ? `/ghichu ${line.note}` : `; ${line.note}`);
      count(indicator.id);
      await answerOf('noted');
    }
    if (byButton) return pressCode(figureOf(line, indicator), indicator);
    return say(noteFirst || line.note === '' ? value : `${value}; ${line.note}`);
  };

  /** Asked back: the reading that was meant, or the words as they stand. */
  const settle = async (line: Line, indicator: Indicator, doubt: Shown): Promise<void> => {
    doubts.push(`${indicator.id}: ${line.value}`);
    await press(meantBy(line, indicator, doubt.buttons));
  };

  for (;;) {
    const { kind, shown } = await answerOf('question', 'review');
    if (kind === 'review') return { asked, given, doubts, nudges };
    const indicator = askedBy(shown, template);
    const line = document.lines.find((each) => each.id === indicator.id);
    if (!line) throw new Error(`the document has no row ${indicator.id}`);
    asked.push(indicator.id);
    await noteHeadings(indicator);
    await give(line, indicator);
    let reply = await answerOf('question', 'review', 'doubt');
    if (reply.kind === 'doubt') {
      await settle(line, indicator, reply.shown);
      reply = await answerOf('question', 'review');
    }
    const repeated = reply.kind === 'question' && askedBy(reply.shown, template).id === indicator.id;
    if (!repeated) count(indicator.id);
  }
}

const tail = (chat: Chat, n: number): string =>
  chat
    .said()
    .slice(-n)
    .map(({ text, buttons }) => [text, ...buttons.map(({ label }) => `[${label}]`)].join('\n'))
    .join('\n---\n');

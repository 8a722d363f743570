// Which indicators an event may write, and whether a value that was written can be read back.
import { readAction } from '../../flows/actions.ts';
import { shortHash } from '../../src/domain/hash.ts';
import { openPoints, type Report, type Value } from '../../src/domain/report.ts';
import type { Indicator, Template } from '../../src/domain/template.ts';
import type { Waiting } from '../../src/domain/waiting.ts';
import { clean } from '../../src/domain/words.ts';
import { formatValue, readAnswer } from '../../src/indicators/index.ts';
import type { World } from '../support/world.ts';
import { formOf, type Taken, type Walk } from './walk.ts';

/** What was written although nobody asked or named it, or cannot be read back. */
export function writeFaults(walk: Walk, taken: Taken): string[] {
  return taken.changes.flatMap((change) => {
    if (change.type !== 'answer_set' && change.type !== 'answer_cleared') return [];
    const id = change.indicator;
    const report = taken.known.reports.find((each) => each.id === change.report);
    const allowed = mayWrite(walk, taken, report, change.report);
    const row = templateOf(walk, taken, change.report)?.byId.get(id);
    const value = change.type === 'answer_set' ? change.answer.value : undefined;
    const isLost = value && row?.row === 'indicator' && !survives(value, row, walk.world);
    return [
      ...(allowed(id) ? [] : [`${id} was written although nobody asked or named it`]),
      ...(isLost
        ? [`${id}: ${JSON.stringify(value)} is not read back from “${formatValue(value, row)}”`]
        : []),
    ];
  });
}

const templateOf = (walk: Walk, { known }: Taken, id: string): Template | undefined =>
  formOf(
    walk,
    known.reports.find((each) => each.id === id)?.template ??
      known.campaigns.find((each) => id.startsWith(`${each.id}/`))?.template,
  );

/** The ids of the indicators that this event may write: the one asked, the one that a choice names, the one an edited message gave. */
function mayWrite(
  walk: Walk,
  { meant: event, known }: Taken,
  report: Report | undefined,
  reportId: string,
): (id: string) => boolean {
  const before = known.session;
  const { answers = {} } = report ?? {};
  const waiting = before?.waiting;
  const asked = waiting?.flow === 'fill' && waiting.report === reportId ? waiting.indicator : undefined;
  if (event.type === 'edited') {
    const message = `${event.conversation}:${event.message}`;
    const doubted = before?.doubts.find((each) => each.message === event.message)?.indicator;
    return (id) => answers[id]?.message === message || id === doubted;
  }
  // A filled table writes what stands in it, after the tap under what was shown of it.
  if (event.type === 'fetched') {
    const filled = 'fault' in event.content ? undefined : event.content.filled;
    const found = filled && 'found' in filled ? filled.found : {};
    const isShown = waiting?.flow === 'sheet' && event.apply?.endsWith(`.${waiting.digest}`) === true;
    return (id) => isShown && event.sheet?.report === reportId && Object.hasOwn(found, id);
  }
  const words = event.type === 'text' ? event.text : event.type === 'button' ? event.action : '';
  const command = /^\s*\/(\w*)/.exec(words)?.[1];
  if (command === 'hoantac')
    return (id) =>
      walk.turns.some((turn) => turn.changes.some((each) => 'indicator' in each && each.indicator === id));
  if (command !== undefined)
    return (id) => ['trong', 'khongapdung', 'cho', 'ghichu'].includes(command) && id === asked;
  if (event.type === 'text') return (id) => id === asked || isOnScreen(id, waiting, event.text);
  const press = event.type === 'button' ? readAction(event.action) : undefined;
  if (press?.verb === 'screen')
    return (id) => before?.doubts.some((each) => each.id === press.arg && each.screen?.includes(id)) === true;
  // What a paste says stands in the session, and was shown before the tap.
  if (press?.verb === 'paste') return () => waiting?.flow === 'paste' && waiting.report === reportId;
  if (press?.verb === 'blankRest') return (id) => answers[id]?.value === undefined;
  // The value under a question answers that question, as its other buttons do.
  if (press?.verb === 'carry' && press.arg.startsWith('one.')) return (id) => shortHash(id) === press.row;
  // Many at once: only what waits, in a returned report only its open points.
  if (press && (press.verb === 'carry' || press.verb === 'nothing')) {
    const points = report ? openPoints(report) : [];
    const isConfirmed = /^[pw]\.(\d+|a)\.\d+\./.test(press.arg);
    return (id) =>
      isConfirmed && (answers[id]?.value === undefined || points.some(({ indicator }) => indicator === id));
  }
  // A note is moved from the row named to the row answered before it.
  if (press?.verb === 'moveNote')
    return (id) => shortHash(id) === press.row || answers[id]?.value !== undefined;
  const writes = [
    'choose',
    'blank',
    'notApplicable',
    'pending',
    'take',
    'verbatim',
    'asNote',
    'keepPoint',
    'computed',
  ];
  return (id) => press !== undefined && writes.includes(press.verb) && shortHash(id) === press.row;
}

/** As many words as rows wait on the screen, and this is one of them. */
function isOnScreen(id: string, waiting: Waiting | undefined, text: string): boolean {
  if (waiting?.flow !== 'fill') return false;
  const open = (waiting.screen ?? []).filter((each) => !waiting.chosen?.includes(each));
  return open.includes(id) && clean(text).split(/,?\s+/).length === open.length;
}

/** A stored value is read back from its own words, at once or as one of the readings offered. */
function survives(value: Value, indicator: Indicator, world: World): boolean {
  if (value.is === 'verbatim') return formatValue(value, indicator) === value.text;
  const reading = readAnswer(formatValue(value, indicator), indicator, {
    period: world.campaign.period,
    peers: [],
  });
  const offered =
    reading.is === 'ask'
      ? reading.readings.map((each) => each.value)
      : reading.is === 'reject'
        ? []
        : [reading.value];
  return offered.some((each) => sameValue(each, value));
}

const sameValue = (a: Value, b: Value): boolean =>
  a.is === 'number' && b.is === 'number'
    ? a.number === b.number && a.decimals === b.decimals
    : JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

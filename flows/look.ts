// /anh: the sections of a report as pictures for the phone, with what is missing and what contradicts itself.

import type { FileRequest, Message } from '../src/domain/conversation.ts';
import type { Previous } from '../src/domain/merged.ts';
import { marksOf } from '../src/domain/open-findings.ts';
import { fillsIn } from '../src/domain/people.ts';
import { addressOf, partsOf, progressOf, unanswered } from '../src/domain/progress.ts';
import { isEditable } from '../src/domain/report.ts';
import type { Row, Template } from '../src/domain/template.ts';
import { fold } from '../src/domain/words.ts';
import { privacyFault } from '../src/indicators/privacy.ts';
import { privacyRefused } from '../src/text/fill.ts';
import { LOOK } from '../src/text/look.ts';
import { REVIEW } from '../src/text/submit.ts';
import { button } from './actions.ts';
import { askedIn } from './asked.ts';
import { findIndicators } from './find.ts';
import type { Facts, Opened, Outcome, Turn } from './flow.ts';
import { ownOnly } from './menu.ts';

/** In a button of pictures: these are for looking, not the printed table. */
export const LOOKING = 'look';

/** "/anh III": that section; without words that of the question being asked, else all of them. */
export function lookCommand(words: string, opened: Opened, turn: Turn): Outcome {
  const { template } = opened;
  if (words === '') {
    const asked = askedIn(opened, turn);
    const part = asked && template.byId.get(asked.section);
    return { say: [lookMessage(turn.facts, opened, part)] };
  }
  if (ALL.has(fold(words))) return { say: [lookMessage(turn.facts, opened)] };
  const part = partNamed(template, words);
  if (part) return { say: [lookMessage(turn.facts, opened, part)] };
  const fault = privacyFault(words);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  const parts = partsOf(template).map((each) => [partButton(opened, each)]);
  return {
    say: [{ text: [LOOK.unknown(words)], buttons: [...parts, [allButton(opened)]], marks: 'coded' }],
  };
}

const ALL: ReadonlySet<string> = new Set([
  'tat ca',
  'tatca',
  'het',
  'ca',
  'toan bo',
  'ca bang',
  'tat ca cac muc',
]);

/** The part that these words name: its number, words of its heading, or an indicator that stands in it. */
function partNamed(template: Template, words: string): Row | undefined {
  const parts = partsOf(template);
  const wanted = fold(words)
    .replace(/^(?:muc|phan) +/, '')
    .replace(/[\s.]+$/, '');
  const numbered = parts.find((part) => addressOf(template, part).toLowerCase() === wanted);
  if (numbered) return numbered;
  const titled = parts.filter((part) => wanted.length > 2 && fold(part.label).includes(wanted));
  if (titled.length === 1) return titled[0];
  const found = new Set(findIndicators(template, words).map((row) => row.section));
  if (found.size === 1) return parts.find(({ id }) => found.has(id));
  // "3" where sections have Roman numbers.
  return /^\d{1,2}$/.test(wanted) ? parts[Number(wanted) - 1] : undefined;
}

/** What one section, or the whole report, looks like now: in words, and as pictures. */
export function lookMessage(facts: Facts, opened: Opened, part?: Row): Message {
  const { template, report } = opened;
  const before = facts.previous[opened.campaign.id];
  const marks = Object.entries(marksOf({ ...opened, before })).filter(
    ([id]) => part === undefined || template.byId.get(id)?.section === part.id,
  );
  const missing = unanswered(template, report).filter((row) => part === undefined || row.section === part.id);
  const pictures: FileRequest = {
    ...{ report: report.id, review: true },
    ...(part ? { section: part.id } : {}),
    ...(before ? previousOf(before) : {}),
    ...ownOnly(facts, opened),
  };
  return {
    text: LOOK.head(template, part, progressOf(template, report, part?.id), {
      missing: missing.length,
      hard: marks.filter(([, mark]) => mark === 'hard').length,
      soft: marks.filter(([, mark]) => mark === 'soft').length,
    }),
    pictures,
    buttons: onward(facts, opened, part),
    marks: 'coded',
  };
}

/** Where one of the merged units gave nothing, nothing is known of all together. */
function previousOf({ report, parts }: Previous): Pick<Extract<FileRequest, { report: string }>, 'previous'> {
  const ids = parts?.flatMap((part) => part.report?.id ?? []);
  if (!ids) return { previous: report.id };
  return ids.length === parts?.length ? { previous: ids } : {};
}

/** The next section, all of them, and back to the work for whoever does it. */
function onward(facts: Facts, opened: Opened, part: Row | undefined): NonNullable<Message['buttons']> {
  const { template, report } = opened;
  const parts = partsOf(template);
  const next = part && parts[parts.findIndex(({ id }) => id === part.id) + 1];
  const works = fillsIn(facts.person) && isEditable(report);
  return [
    ...(next ? [[partButton(opened, next)]] : []),
    ...(part && parts.length > 1 ? [[allButton(opened)]] : []),
    ...(works
      ? [[button(REVIEW.resume, 'open', report.id), button(LOOK.points, 'review', report.id, '', 0)]]
      : []),
  ];
}

const partButton = ({ template, report }: Opened, part: Row) =>
  button(LOOK.section(template, part), 'pictures', report.id, part.id, LOOKING);
const allButton = ({ report }: Opened) => button(LOOK.all, 'pictures', report.id, '', LOOKING);

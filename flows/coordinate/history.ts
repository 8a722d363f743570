// "/lichsu": who wrote what into a report, when, through which channel, what stood there before, and why.
import type { Message } from '../../src/domain/conversation.ts';
import { happeningsOf, withinPart } from '../../src/domain/history.ts';
import { isOverseer } from '../../src/domain/people.ts';
import type { Indicator } from '../../src/domain/template.ts';
import { privacyFault } from '../../src/indicators/privacy.ts';
import { PART } from '../../src/text/assign-part.ts';
import { lines, reportWords } from '../../src/text/common.ts';
import { privacyRefused } from '../../src/text/fill.ts';
import { HISTORY } from '../../src/text/history.ts';
import { historyLine } from '../../src/text/history-line.ts';
import { MENU } from '../../src/text/menu.ts';
import { ownName } from '../../src/text/row-names.ts';
import { button } from '../actions.ts';
import { findIndicators } from '../find.ts';
import {
  type Facts,
  indicatorOf,
  type Opened,
  type Outcome,
  openable,
  rowByRef,
  type Turn,
} from '../flow.ts';
import { stale } from '../stale.ts';
import { type FoundUnits, unitsIn } from './units-called.ts';

/** What a phone shows at once. */
const PAGE = 10;
const MOST_CHOICES = 8;
/** The button's word for the whole as a file. */
const WHOLE = 'xlsx';

/**
 * The command. An overseer names the unit first and then, if wanted, the indicator; anybody else only the indicator, of the own
 * unit. Of several open periods, the history of each.
 */
export function history(words: string, turn: Turn): Outcome {
  const { facts } = turn;
  const { person } = facts;
  if (!person) return {};
  // What is not found is quoted, and what is said is stored too.
  const fault = words === '' ? undefined : privacyFault(words);
  if (fault) return { say: [{ text: [privacyRefused(fault, 'nothing')] }] };
  const all = openable(facts);
  if (words === '' && person.role === 'helper') return { say: [{ text: [PART.historyOfOne] }] };
  if (!isOverseer(person.role)) {
    const own = all.filter(({ unit }) => unit.id === person.unit);
    return own.length === 0 ? { say: [{ text: [MENU.none] }] } : ofReports(own, words, facts);
  }
  if (words === '') return { say: [{ text: [HISTORY.usage] }] };
  const found = unitsIn(words, all);
  const [only, ...others] = found.units;
  if (!only) return { say: [{ text: [HISTORY.noUnit(words)] }] };
  if (others.length > 0) return { say: [whichUnit(found, words, all)] };
  return ofReports(
    all.filter(({ unit }) => unit.id === only.id),
    found.rest,
    facts,
  );
}

/** A button of the history: `arg` is the page, from 0, or the whole as a file; `row` the indicator's short hash or ''. */
export function turnHistory(opened: Opened, row: string, arg: string, { facts }: Turn): Outcome {
  const found = row === '' ? undefined : rowByRef(opened.template, row);
  const indicator = found && indicatorOf(opened.template, found.id);
  if (row !== '' && !indicator) return stale;
  if (opened.part && (!indicator || arg === WHOLE)) return { say: [{ text: [PART.historyOfOne] }] };
  if (arg === WHOLE) {
    const file = { history: opened.report.id, ...(indicator && { indicator: indicator.id }) };
    return { say: [{ text: [HISTORY.fileHere], file }] };
  }
  return shown([{ opened, ...(indicator && { indicator }) }], Number(arg) || 0, facts);
}

type Wanted = { readonly opened: Opened; readonly indicator?: Indicator };

function ofReports(reports: readonly Opened[], words: string, facts: Facts): Outcome {
  if (words === '')
    return shown(
      reports.map((opened) => ({ opened })),
      0,
      facts,
    );
  const fitting = reports.flatMap((opened) => {
    const rows = findIndicators(opened.template, words);
    return rows.length > 0 ? [{ opened, rows }] : [];
  });
  if (fitting.length === 0) return { say: [{ text: [HISTORY.noIndicator(words)] }] };
  const open = fitting.find(({ rows }) => rows.length > 1);
  if (open) return { say: [whichIndicator(open.opened, open.rows, words)] };
  const wanted = fitting.flatMap(({ opened, rows: [indicator] }) =>
    indicator ? [{ opened, indicator }] : [],
  );
  return shown(wanted, 0, facts);
}

/** One message for each report. */
function shown(wanted: readonly Wanted[], page: number, facts: Facts): Outcome {
  const needs = [...new Set(wanted.flatMap(({ opened }) => idsOf(opened)))];
  if (needs.some((id) => !Object.hasOwn(facts.histories, id))) return { needs };
  return { say: wanted.map((each) => pageOf(each, page, facts)) };
}

const idsOf = ({ report, campaign }: Opened): readonly [string, string] => [
  report.id,
  `campaign:${campaign.id}`,
];

function pageOf(
  { opened, indicator }: Wanted,
  page: number,
  { histories, people, timezone }: Facts,
): Message {
  const { report, campaign, unit, template, part } = opened;
  const [ofReport, ofCampaign] = idsOf(opened).map((id) => histories[id] ?? []);
  const all = happeningsOf(ofReport ?? [], ofCampaign ?? [], {
    ...{ unit: unit.id, template },
    ...(indicator && { indicator: indicator.id }),
  }).map((each) => (part ? withinPart(each, part.rows) : each));
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const told = { template, unit: unit.id, people, timezone };
  const turnTo = (label: string, arg: number | string) =>
    button(label, 'history', report.id, indicator?.id ?? '', arg);
  const pager = [
    ...(at > 0 ? [turnTo(HISTORY.newer, at - 1)] : []),
    ...(at < pages - 1 ? [turnTo(HISTORY.older, at + 1)] : []),
  ];
  return {
    text: lines(
      HISTORY.head(unit, campaign, template, indicator, all.length),
      ...all.slice(at * PAGE, (at + 1) * PAGE).map((each) => HISTORY.line(historyLine(each, told))),
      pages > 1 ? HISTORY.page(at + 1, pages) : undefined,
    ),
    buttons: [
      ...(pager.length > 0 ? [pager] : []),
      ...(all.length > 0 && !part ? [[turnTo(HISTORY.file, WHOLE)]] : []),
    ],
    marks: 'coded',
  };
}

function whichUnit({ units, rest }: FoundUnits, words: string, all: readonly Opened[]): Message {
  const reports = units
    .slice(0, MOST_CHOICES)
    .flatMap((unit) => all.filter((each) => each.unit.id === unit.id));
  const several = new Set(reports.map(({ campaign }) => campaign.id)).size > 1;
  return {
    text: [HISTORY.whichUnit(words, Math.max(0, units.length - MOST_CHOICES))],
    buttons: reports.map((opened) => {
      const rows = rest === '' ? [] : findIndicators(opened.template, rest);
      const row = rows.length === 1 ? (rows[0]?.id ?? '') : '';
      const label = several ? `${opened.unit.name} – ${reportWords(opened, reports)}` : opened.unit.name;
      return [button(label, 'history', opened.report.id, row, 0)];
    }),
    marks: 'number',
  };
}

const whichIndicator = (
  { report, template }: Opened,
  rows: readonly Indicator[],
  words: string,
): Message => ({
  text: [HISTORY.whichIndicator(words, Math.max(0, rows.length - MOST_CHOICES))],
  buttons: rows
    .slice(0, MOST_CHOICES)
    .map((row) => [button(ownName(template, row, 58), 'history', report.id, row.id, 0)]),
  marks: 'number',
});

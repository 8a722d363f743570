// What each change makes of the report that it is about. Pure.
import type { ReportChange } from './change.ts';
import { emptyReport, type Report } from './report.ts';

/** The report after a change; `report_started` needs no earlier report. Throws when the change is for a report that does not exist. */
export function applyToReport(report: Report | undefined, change: ReportChange): Report {
  if (change.type === 'report_started') {
    if (report) return report;
    const { report: id, campaign, unit, template } = change;
    return { ...emptyReport({ id: campaign, template }, unit), id, status: 'inProgress' };
  }
  if (!report) throw new Error(`change ${change.type} for report ${change.report}, which does not exist`);
  switch (change.type) {
    case 'answer_set':
      return { ...report, answers: { ...report.answers, [change.indicator]: change.answer } };
    case 'answer_cleared': {
      const { [change.indicator]: _, ...answers } = report.answers;
      return { ...report, answers };
    }
    case 'note_set':
      return { ...report, notes: setNote(report.notes, change.row, change.note) };
    case 'explained':
      return { ...report, explanations: { ...report.explanations, [change.rule]: change.explanation } };
    case 'overridden':
      return { ...report, overrides: { ...report.overrides, [change.rule]: change.explanation } };
    case 'submitted': {
      const submission = { ...change.submission, answers: report.answers, notes: report.notes };
      return {
        ...withoutAwaiting(report),
        status: 'submitted',
        submissions: [...report.submissions, submission],
      };
    }
    case 'approval_asked':
      return { ...report, status: 'awaiting', awaiting: change.submission };
    case 'withdrawn':
    case 'reopened':
    case 'approval_refused':
      return { ...withoutAwaiting(report), status: 'inProgress' };
    case 'accepted':
      return { ...report, status: 'accepted' };
    case 'returned': {
      const { explanation, points } = change;
      return { ...report, status: 'returned', returned: { ...explanation, ...(points && { points }) } };
    }
    case 'handed': {
      const handed = { ...report.handed, [change.person]: change.version };
      return { ...report, handed };
    }
    case 'assignment_set': {
      const assignments = { ...report.assignments, [change.assignment.id]: change.assignment };
      return { ...report, assignments };
    }
    case 'unlock_asked':
    case 'unlock_refused':
    case 'asked':
    case 'replied':
    case 'downloaded':
      return report;
  }
}

function withoutAwaiting({ awaiting: _, ...report }: Report): Report {
  return report;
}

function setNote(notes: Readonly<Record<string, string>>, row: string, note: string): Record<string, string> {
  const { [row]: _, ...others } = notes;
  return note === '' ? others : { ...others, [row]: note };
}

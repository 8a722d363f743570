// templates check: every fault in the forms at once; needs no store and works beside a running bot.
import { TEMPLATES } from '../text/admin.ts';
import { type Command, table, templatesOf } from './command.ts';

const check: Command = {
  options: {},
  async run(_args, context) {
    const forms = await templatesOf(context);
    if ('faults' in forms) return forms;
    const templates = forms.templates.map(({ id, version, rows, indicators, rules }) => ({
      ...{ id, version, rows: rows.length, indicators: indicators.length, rules: rules.length },
    }));
    const rows = templates.map((each) => [
      each.id,
      String(each.version),
      String(each.rows),
      String(each.indicators),
      String(each.rules),
    ]);
    return { lines: table(TEMPLATES.columns, rows), json: { templates } };
  },
};

export const commands: Readonly<Record<string, Command>> = { check };

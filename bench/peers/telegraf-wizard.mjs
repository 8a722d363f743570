// Telegraf with a wizard of 130 steps, its sessions in files, one for each chat.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Scenes, session, Telegraf } from 'telegraf';
import { DONE, QUESTIONS, question, read, WRONG } from './form.mjs';
import { serve } from './serve.mjs';

const { API_ROOT, FOLDER, SECRET, TOKEN } = process.env;
await mkdir(FOLDER, { recursive: true });

const fileOf = (key) => join(FOLDER, `${key.replaceAll(':', '_')}.json`);
const store = {
  get: async (key) => {
    try {
      return JSON.parse(await readFile(fileOf(key), 'utf8'));
    } catch {
      return undefined;
    }
  },
  set: (key, value) => writeFile(fileOf(key), JSON.stringify(value)),
  delete: (key) => rm(fileOf(key), { force: true }),
};

const steps = Array.from({ length: QUESTIONS }, (_, n) => async (ctx) => {
  const value = read(ctx.message?.text ?? '');
  if (value === undefined) return ctx.reply(WRONG);
  ctx.wizard.state.answers.push(value);
  if (n + 1 === QUESTIONS) {
    await ctx.reply(DONE);
    return ctx.scene.leave();
  }
  await ctx.reply(question(n + 2));
  return ctx.wizard.next();
});
const begin = async (ctx) => {
  ctx.wizard.state.answers = [];
  await ctx.reply(question(1));
  return ctx.wizard.next();
};

const bot = new Telegraf(TOKEN, { telegram: { apiRoot: API_ROOT } });
bot.use(session({ store }));
bot.use(new Scenes.Stage([new Scenes.WizardScene('report', begin, ...steps)]).middleware());
bot.start((ctx) => ctx.scene.enter('report'));
bot.on('text', (ctx) => ctx.reply('Gõ /start để bắt đầu.'));
bot.botInfo = await bot.telegram.getMe();
serve(bot.webhookCallback('/', { secretToken: SECRET }));

// A form as the documentation of grammY's sessions has one written: the session counts the answers, each step reads one and asks the next.
import { Bot, session, webhookCallback } from 'grammy';
import { DONE, QUESTIONS, question, read, WRONG } from './form.mjs';
import { serve } from './serve.mjs';

const { API_ROOT, SECRET, TOKEN } = process.env;

/** Starts the bot with its sessions in `storage`. */
export async function run(storage) {
  const bot = new Bot(TOKEN, { client: { apiRoot: API_ROOT } });
  bot.use(session({ initial: () => ({ answers: [] }), storage }));
  bot.command('start', async (ctx) => {
    ctx.session = { answers: [] };
    await ctx.reply(question(1));
  });
  bot.on('message:text', async (ctx) => {
    const { answers } = ctx.session;
    const value = read(ctx.message.text);
    if (value === undefined) return ctx.reply(WRONG);
    if (answers.length < QUESTIONS) answers.push(value);
    await ctx.reply(answers.length < QUESTIONS ? question(answers.length + 1) : DONE);
  });
  await bot.init();
  serve(webhookCallback(bot, 'http', { secretToken: SECRET }));
}

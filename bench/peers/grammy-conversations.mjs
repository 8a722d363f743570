// grammY with the conversations plugin, its state in files, as its documentation has a form written: one function that asks and waits.
import { conversations, createConversation } from '@grammyjs/conversations';
import { FileAdapter } from '@grammyjs/storage-file';
import { Bot, webhookCallback } from 'grammy';
import { DONE, QUESTIONS, question, WRONG } from './form.mjs';
import { serve } from './serve.mjs';

const { API_ROOT, FOLDER, SECRET, TOKEN } = process.env;

async function report(conversation, ctx) {
  const answers = [];
  for (let number = 1; number <= QUESTIONS; number++) {
    await ctx.reply(question(number));
    answers.push(await conversation.form.int({ otherwise: (each) => each.reply(WRONG) }));
  }
  await ctx.reply(DONE);
}

const bot = new Bot(TOKEN, { client: { apiRoot: API_ROOT } });
bot.use(conversations({ storage: new FileAdapter({ dirName: FOLDER }) }));
bot.use(createConversation(report));
bot.command('start', (ctx) => ctx.conversation.enter('report'));
bot.on('message:text', (ctx) => ctx.reply('Gõ /start để bắt đầu.'));
await bot.init();
serve(webhookCallback(bot, 'http', { secretToken: SECRET, timeoutMilliseconds: 60_000 }));

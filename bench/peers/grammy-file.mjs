// grammY with its sessions in files, one for each chat, through its own adapter.
import { FileAdapter } from '@grammyjs/storage-file';
import { run } from './grammy-form.mjs';

await run(new FileAdapter({ dirName: process.env.FOLDER }));

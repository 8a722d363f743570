// Makes the pictures of README and the guides from the real program and the real page: `npm run pictures`. Names of scenes
// (or `guide`) after `--` make only those.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../support/browser.ts';
import { guidePictures } from './guide.ts';
import { quickPictures } from './quick.ts';

const only = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'chitieu-pictures-'));
const browser = await launchBrowser();
try {
  if (only.length === 0 || only.includes('guide')) await guidePictures(browser, folder);
  await quickPictures(browser, join(folder, 'town'), only);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

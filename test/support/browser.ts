// Chromium for the tests that need a real browser: where it is looked for, and what happens when it is not there.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const USUAL = '/usr/bin/chromium';
const path = process.env.CHROMIUM || USUAL;
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** True on a developer's machine without Chromium: tests in a browser are left out there. In CI they are never left out. */
export const NO_BROWSER = !process.env.CHROMIUM && !existsSync(USUAL) && !process.env.CI;

/** Starts Chromium without a window. Rejects with a sentence that says what to install when it is not there. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(path))
    throw new Error(
      `There is no Chromium at ${path}: install it, or set CHROMIUM to the path of its program.`,
    );
  return chromium.launch({ executablePath: path, args: QUIET });
}

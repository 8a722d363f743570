// @ts-check
// The live connection: opens the event stream, opens it again whenever it breaks, and closes it while nobody looks.
import { forgetHello, sayHello } from './page-post.js';

/** @typedef {import('./page-bubble.js').Shown} Shown */
/** @typedef {'open' | 'waiting' | 'offline' | 'refused'} State */

const LONGEST_WAIT_MS = 15_000;
/** A short break is mended before anybody needs to read about it. */
const SILENT_MS = 1_200;

/**
 * `after` gives the newest seq on the page; `onHello` comes first on every connection, with the conversation and how many messages follow.
 * `onState` reports what to show in the header.
 * @param {{ after: () => number, onHello: (hello: { chat: string, count: number, startsOver?: true }) => void, onMessage: (message: Shown) => void,
 *   onState: (state: State) => void }} options
 */
export function createStream({ after, onHello, onMessage, onState }) {
  /** @type {EventSource | undefined} */
  let source;
  let failures = 0;
  /** Which opening is the newest; an earlier one that is still waiting for its hello gives up. */
  let opening = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let notice;

  async function open() {
    close();
    if (document.hidden) return;
    const own = opening;
    const greeted = await sayHello();
    if (own !== opening) return;
    if (greeted === 'sent') listen();
    else broken(greeted);
  }

  function listen() {
    const mine = new EventSource(`/api/stream?after=${after()}`);
    source = mine;
    mine.addEventListener('hello', (event) => {
      if (source !== mine) return;
      failures = 0;
      clearTimeout(notice);
      notice = undefined;
      onState('open');
      onHello(JSON.parse(event.data));
    });
    mine.addEventListener('message', (event) => {
      if (source === mine) onMessage(JSON.parse(event.data));
    });
    mine.addEventListener('error', () => {
      // Why is never told. It may be that the cookie was lost, so the next try begins with a hello.
      if (source !== mine) return;
      forgetHello();
      broken('later');
    });
  }

  /** @param {string} why 'later', or the error word with which the server refused the hello */
  function broken(why) {
    close();
    failures += 1;
    if (why === 'later')
      notice ??= setTimeout(() => onState(navigator.onLine ? 'waiting' : 'offline'), SILENT_MS);
    else onState('refused');
    // Spread out, so that after a restart of the server not everybody comes back in the same instant.
    const wait =
      Math.min(LONGEST_WAIT_MS, 700 * 2 ** Math.min(failures - 1, 5)) * (0.7 + Math.random() * 0.6);
    retry = setTimeout(open, wait);
  }

  function close() {
    opening += 1;
    clearTimeout(retry);
    source?.close();
    source = undefined;
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('online', open);
  addEventListener('offline', () => onState('offline'));
  addEventListener('pageshow', (event) => {
    if (event.persisted) open();
  });
  return { open };
}

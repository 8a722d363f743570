// @ts-check
// What the person said and the server has not acknowledged yet: kept in this browser, sent in order, one at a time.
import { post } from './page-post.js';

/**
 * `id` makes a repeated post harmless. `shown`: the words for the page meanwhile. `about`: the message whose button was pressed.
 * @typedef {{ id: string, path: string, body: Record<string, string>, shown: string, about?: number }} Unsent
 */

const KEY = 'chitieu-unsent';
const LONGEST_WAIT_MS = 15_000;

/**
 * `onSent`: the server has it for good. `onDelay`: nothing can be sent now, it will be tried again.
 * `onRefused`: the server will never take it; `why` is its error word.
 * @param {{ onSent: (item: Unsent) => void, onDelay: () => void, onRefused: (item: Unsent, why: string) => void }} options
 */
export function createOutbox({ onSent, onDelay, onRefused }) {
  let sending = false;
  let failures = 0;
  let wake = () => {};

  async function pump() {
    if (sending) return;
    sending = true;
    for (let item = read()[0]; item !== undefined; item = read()[0]) {
      const result = await post(item.path, { ...item.body, id: item.id });
      if (result === 'later') {
        failures += 1;
        onDelay();
        await pause(Math.min(LONGEST_WAIT_MS, 700 * 2 ** Math.min(failures - 1, 5)));
        continue;
      }
      failures = 0;
      remove(item.id);
      if (result === 'sent') onSent(item);
      else onRefused(item, result);
    }
    sending = false;
  }

  /** @param {number} ms */
  function pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  return {
    unsent: read,
    /** @param {Omit<Unsent, 'id'>} item */
    add(item) {
      const unsent = { ...item, id: newId() };
      write([...read(), unsent]);
      void pump();
      return unsent;
    },
    /** Tries now what waits for its next try. */
    hurry() {
      wake();
      void pump();
    },
  };
}

/** Where the browser stores nothing (private windows, a full disk) the page itself remembers. @type {Unsent[]} */
let memory = [];

/** @returns {Unsent[]} */
function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return memory.length > 0 || !Array.isArray(stored) ? memory : stored;
  } catch {
    return memory;
  }
}

/** @param {Unsent[]} items */
function write(items) {
  memory = [];
  try {
    localStorage.setItem(KEY, JSON.stringify(items));
  } catch {
    memory = items;
  }
}

/** @param {string} id */
function remove(id) {
  write(read().filter((item) => item.id !== id));
}

/** An id that makes a repeated post harmless. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

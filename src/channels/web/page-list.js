// @ts-check
// The messages on the page, old ones replaced by newer ones, and what is still on its way to the server.
import { bubble, element, moment, said } from './page-bubble.js';

/** @typedef {import('./page-bubble.js').Shown} Shown */
/** @typedef {import('./page-bubble.js').Choice} Choice */

/** A pause as long as this begins a new stretch of the talk, with its time above. */
const STRETCH_MS = 30 * 60_000;

/**
 * @param {{ messages: HTMLElement, pending: HTMLElement, onPress: (choice: Choice, seq: number) => void,
 *   words: (typed: string) => string }} options `words`: how a command is shown
 */
export function createList({ messages, pending, onPress, words }) {
  /** Bubbles that a later message may replace. @type {Map<string, HTMLElement>} */
  const byKey = new Map();
  /** @type {HTMLElement | undefined} */
  let current;
  let stretch = 0;

  /** @param {Shown} shown */
  function show(shown) {
    const { message } = shown;
    settle(shown.id.split(':')[2] ?? '');
    const old = message.replaces === undefined ? undefined : byKey.get(message.replaces);
    const item = bubble(shown, onPress, words);
    if (old) {
      byKey.delete(message.replaces ?? '');
      if (old === current) current = undefined;
      old.replaceWith(item);
    } else {
      separate(shown.createdAt);
      messages.append(item);
    }
    if (message.key !== undefined) byKey.set(message.key, item);
    markCurrent();
    return item;
  }

  /** Only the newest question's buttons stand out; the older ones still work. */
  function markCurrent() {
    const asking = messages.querySelectorAll('.asks');
    const newest = asking[asking.length - 1];
    if (newest === current) return;
    current?.classList.remove('current');
    newest?.classList.add('current');
    current = newest instanceof HTMLElement ? newest : undefined;
  }

  /** @param {string} createdAt */
  function separate(createdAt) {
    const at = Date.parse(createdAt);
    if (Number.isNaN(at)) return;
    const sameDay = new Date(at).toDateString() === new Date(stretch).toDateString();
    if (at - stretch > STRETCH_MS || !sameDay) {
      const time = Object.assign(element('time', 'when', moment(at)), { dateTime: createdAt });
      const item = element('li', 'stretch');
      item.append(time);
      messages.append(item);
    }
    stretch = at;
  }

  /** The server's own copy has come, so the one that was waiting goes. @param {string} id */
  function settle(id) {
    waiting(id)?.remove();
  }

  /** @param {string} id */
  function waiting(id) {
    return [...pending.children].find((item) => item instanceof HTMLElement && item.dataset.id === id);
  }

  return {
    show,
    settle,
    /** Shows at once what was said, until the server's own copy comes. @param {{ id: string, shown: string }} item */
    wait(item) {
      const waitingItem = element('li', 'item mine waiting');
      waitingItem.dataset.id = item.id;
      waitingItem.append(
        said('Anh/chị: '),
        element('div', 'bubble', words(item.shown)),
        element('p', 'mark', 'Đang gửi…'),
      );
      pending.append(waitingItem);
    },
    /** Changes what stands under a bubble on its way; '' takes it away. @param {string} id @param {string} text */
    mark(id, text) {
      const mark = waiting(id)?.querySelector('.mark');
      if (mark && mark.textContent !== text) mark.textContent = text;
    },
    /**
     * It was not sent: says why, and lets the person take the words back or try once more.
     * @param {string} id @param {string} why @param {() => void} again @param {string} [label]
     */
    refuse(id, why, again, label = 'Sửa và gửi lại') {
      const item = waiting(id);
      const mark = item?.querySelector('.mark');
      if (!item || !mark) return;
      item.classList.add('refused');
      const button = element('button', 'link', label);
      button.addEventListener('click', () => {
        item.remove();
        again();
      });
      mark.replaceChildren(`${why} `, button);
    },
    clear() {
      byKey.clear();
      current = undefined;
      stretch = 0;
      messages.replaceChildren();
    },
  };
}

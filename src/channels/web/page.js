// @ts-check
// The page of the web chat: joins the message list, the live connection, the outbox and the composer.
import { createList } from './page-list.js';
import { createOutbox } from './page-outbox.js';
import { createStream } from './page-stream.js';
import { createUpload } from './page-upload.js';

/** @typedef {import('./page-outbox.js').Unsent} Unsent */

const LONGEST_TEXT = 8_000;
/** Time for the server's answer to come by the live connection after a post; then the connection is opened anew. */
const ANSWER_MS = 1_500;

const STATES = {
  open: 'Đã kết nối',
  waiting: 'Đang kết nối lại…',
  offline: 'Không có mạng',
  refused: 'Máy chủ từ chối',
};
/** @type {Record<string, string>} */
const REFUSALS = {
  'too-long': 'Tin quá dài nên chưa gửi được.',
  forbidden: 'Máy chủ không nhận tin từ trang này.',
};

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const log = $('log');
const text = /** @type {HTMLTextAreaElement} */ ($('text'));
const menu = $('menu');
const menuButton = $('menu-button');
const commands = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[data-command]')]);
const names = new Map(commands.map((button) => [button.dataset.command, button.textContent ?? '']));

/** The newest message on the page, and whose conversation it is. */
let last = 0;
let chat = '';
/** Messages of the history still to come; they are shown without being read aloud. */
let history = 0;
let atEnd = true;
/** The pressed button has gone with its message: the keyboard goes on at the next question. */
let followFocus = false;

const list = createList({
  messages: $('messages'),
  pending: $('pending'),
  onPress(choice, about) {
    const again = outbox.unsent().some((item) => item.about === about && item.body.action === choice.action);
    if (!again) say('/api/press', { action: choice.action, label: choice.label }, choice.label, about);
  },
  words: (typed) => (typed.startsWith('/start') ? 'Bắt đầu' : (names.get(typed) ?? typed)),
});

const outbox = createOutbox({
  onSent(item) {
    list.mark(item.id, '');
    setTimeout(() => $('pending').querySelector(`[data-id="${item.id}"]`) && stream.open(), ANSWER_MS);
    // Should nothing have been stored for a press (nobody knows that button any more), its bubble must not wait for ever.
    if (item.about !== undefined) setTimeout(() => list.settle(item.id), ANSWER_MS * 4);
  },
  onDelay() {
    for (const item of outbox.unsent()) list.mark(item.id, 'Chưa gửi được, sẽ tự gửi lại');
  },
  onRefused: (item, why) =>
    list.refuse(item.id, REFUSALS[why] ?? 'Máy chủ không đọc được tin này.', () => {
      text.value = item.body.text ?? '';
      grow();
      text.focus();
    }),
});

const stream = createStream({
  after: () => last,
  onHello(hello) {
    // Another conversation, or another past of this one: a backup was restored.
    if (hello.startsOver || (chat !== '' && chat !== hello.chat)) {
      last = 0;
      chat = '';
      list.clear();
      return stream.open();
    }
    chat = hello.chat;
    history = hello.count;
    // A first visit of many messages must not be read aloud from the beginning.
    log.setAttribute('aria-live', history > 3 ? 'off' : 'polite');
    outbox.hurry();
    welcome();
  },
  onMessage(shown) {
    if (shown.seq > last) {
      last = shown.seq;
      // The bot fetching a file for itself says nothing.
      if (shown.message.text.length > 0) receive(shown);
    }
    history -= 1;
    if (history <= 0) log.setAttribute('aria-live', 'polite');
  },
  onState(state) {
    const place = $('state');
    place.dataset.state = state;
    if (place.textContent !== STATES[state]) place.textContent = STATES[state];
  },
});

/** @param {import('./page-bubble.js').Shown} shown */
function receive(shown) {
  const focused = document.activeElement;
  const item = list.show(shown);
  if (focused instanceof HTMLElement && !focused.isConnected) followFocus = true;
  const lost = document.activeElement === document.body || document.activeElement === null;
  const choice = item.querySelector('button');
  if (followFocus && lost && choice) choice.focus({ preventScroll: true });
  if (choice || !lost) followFocus = false;
  welcome();
  // What the person says in another window must not move this one away from what is being read.
  if (atEnd) toEnd();
  else $('newest').hidden = false;
}

createUpload({
  button: $('attach'),
  input: /** @type {HTMLInputElement} */ ($('chosen')),
  drop: $('drop'),
  onBegin(id, name) {
    list.wait({ id, shown: `📎 ${name}` });
    welcome();
    toEnd();
  },
  onSent(id) {
    list.mark(id, '');
    setTimeout(() => $('pending').querySelector(`[data-id="${id}"]`) && stream.open(), ANSWER_MS);
  },
  onRefused: (id, why, again) => list.refuse(id, why, again, 'Gửi lại'),
});

/** @param {string} path @param {Record<string, string>} body @param {string} shown @param {number} [about] */
function say(path, body, shown, about) {
  list.wait(outbox.add({ path, body, shown, ...(about === undefined ? {} : { about }) }));
  welcome();
  toEnd();
}

function welcome() {
  $('welcome').hidden = chat === '' || last > 0 || $('pending').childElementCount > 0;
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
  // The scroll event comes later, perhaps after the next message.
  atEnd = true;
}

function send() {
  const typed = text.value.trim();
  if (typed === '') return;
  const long = text.value.length > LONGEST_TEXT;
  problem(long ? 'Tin dài quá 8.000 ký tự. Xin anh/chị chia thành nhiều tin.' : '');
  if (long) return;
  say('/api/send', { text: typed }, typed);
  text.value = '';
  grow();
}

/** @param {string} words */
function problem(words) {
  $('problem').textContent = words;
  $('problem').hidden = words === '';
}

/** As high as what is typed, up to the limit in the style sheet. */
function grow() {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}

/** @param {boolean} open */
function showMenu(open) {
  menu.hidden = !open;
  menuButton.setAttribute('aria-expanded', String(open));
  if (open) commands[0]?.focus();
}

/** An invitation link: the code leaves the address bar and is posted once, whatever happens to the page afterwards. */
function invited() {
  const code = /^\/i\/([^/]+)\/?$/.exec(location.pathname)?.[1];
  if (code === undefined) return;
  outbox.add({ path: '/api/start', body: { code }, shown: '/start' });
  window.history.replaceState(null, '', '/');
}

$('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
text.addEventListener('keydown', (event) => {
  // While an input method composes a letter, Enter belongs to it.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  send();
});
text.addEventListener('input', () => {
  problem('');
  grow();
});
$('begin').addEventListener('click', () => say('/api/send', { text: '/start' }, '/start'));
$('newest').addEventListener('click', toEnd);
menuButton.addEventListener('click', () => showMenu(Boolean(menu.hidden)));
for (const button of commands) {
  button.addEventListener('click', () => {
    const command = button.dataset.command ?? '';
    showMenu(false);
    menuButton.focus();
    say('/api/send', { text: command }, command);
  });
}
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || menu.hidden) return;
  showMenu(false);
  menuButton.focus();
});
document.addEventListener('pointerdown', (event) => {
  const inside =
    event.target instanceof Node && (menu.contains(event.target) || menuButton.contains(event.target));
  if (!menu.hidden && !inside) showMenu(false);
});
log.addEventListener('scroll', () => {
  atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  if (atEnd) $('newest').hidden = true;
});
// The keyboard of a phone and a growing text area take room from the list: the newest message stays in view.
new ResizeObserver(() => atEnd && toEnd()).observe(log);
addEventListener('online', () => outbox.hurry());

// Reachable by the keyboard, so that the arrow keys can scroll it.
log.tabIndex = 0;
invited();
for (const item of outbox.unsent()) list.wait(item);
outbox.hurry();
stream.open();
if (matchMedia('(pointer: fine)').matches) text.focus();

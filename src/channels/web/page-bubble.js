// @ts-check
// One message as the page shows it: text, pictures, buttons, a file card. Text is only ever put in as text.

import { pictureStrip } from './page-pictures.js';

/** @typedef {{ label: string, action: string }} Choice */
/** @typedef {string | { bold: string }} Span */
/** A file that can be asked for. @typedef {{ version?: number, campaign?: string, what?: string, history?: string, invitations?: string }} Table */
/**
 * A message as the server sends it.
 * @typedef {{ id: string, seq: number, createdAt: string, message: { text: Span[], buttons?: Choice[][], file?: Table, pictures?: object,
 *   key?: string, replaces?: string, mine?: boolean } }} Shown
 */

/**
 * @param {Shown} shown
 * @param {(choice: Choice, seq: number) => void} onPress
 * @param {(typed: string) => string} words
 */
export function bubble({ seq, message }, onPress, words) {
  const item = element('li', message.mine ? 'item mine' : 'item');
  item.dataset.seq = String(seq);
  const body = element('div', 'bubble');
  if (message.mine) body.append(words(plain(message.text)));
  else
    body.append(
      ...message.text.map((span) => (typeof span === 'string' ? span : element('strong', '', span.bold))),
    );
  item.append(said(message.mine ? 'Anh/chị: ' : 'chitieu-bot: '), body);
  if (message.file) item.append(fileCard(seq, message.file));
  if (message.pictures) item.append(pictureStrip(seq));
  const rows = (message.buttons ?? []).filter((row) => row.length > 0);
  if (rows.length > 0) {
    item.classList.add('asks');
    item.append(choices(rows, seq, onPress));
  }
  return item;
}

/** @param {Choice[][]} rows @param {number} seq @param {(choice: Choice, seq: number) => void} onPress */
function choices(rows, seq, onPress) {
  const group = element('div', 'choices');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'Các lựa chọn');
  for (const row of rows) {
    const line = element('div', 'row');
    for (const choice of row) {
      const button = element('button', 'choice', choice.label);
      button.addEventListener('click', () => onPress(choice, seq));
      line.append(button);
    }
    group.append(line);
  }
  return group;
}

/** @param {Table} file */
function fileName({ version, campaign, what, history, invitations }) {
  if (invitations !== undefined) return 'Danh sách mã mời';
  if (history !== undefined) return 'Lịch sử báo cáo';
  if (campaign !== undefined)
    return what === 'board'
      ? 'Bảng tiến độ'
      : what === 'level'
        ? 'Phụ lục tổng hợp của đơn vị'
        : 'Bảng tổng hợp số liệu';
  return version === undefined ? 'Bảng số liệu hiện tại' : `Bảng số liệu đã nộp, bản ${version}`;
}

/** @param {number} seq @param {Table} file */
function fileCard(seq, file) {
  const link = Object.assign(element('a', 'file'), { href: `/api/file/${seq}`, download: '' });
  const note = element('span', 'note', 'Bấm để tải về');
  const text = element('span', 'name', fileName(file));
  text.append(note);
  link.append(icon('M12 4v11m-5-5 5 5 5-5M5 20h14'), text);
  // A failed download says nothing by itself, so ask first whether the file can be had.
  link.addEventListener('click', async (event) => {
    if (link.dataset.ready === 'yes') return;
    event.preventDefault();
    note.textContent = 'Đang chuẩn bị…';
    const status = await fetch(link.href, { method: 'HEAD' }).then(
      (response) => response.status,
      () => 0,
    );
    note.textContent =
      status === 200
        ? 'Bấm để tải về'
        : status === 404
          ? 'Anh/chị không còn tải được bảng này.'
          : 'Chưa tải được. Xin anh/chị bấm lại sau ít phút.';
    if (status !== 200) return;
    link.dataset.ready = 'yes';
    link.click();
    link.dataset.ready = '';
  });
  return link;
}

/** @param {string} path */
function icon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** Who speaks, for those who hear the page. @param {string} who */
export const said = (who) => element('span', 'unseen', who);

/** @param {Span[]} text */
const plain = (text) => text.map((span) => (typeof span === 'string' ? span : span.bold)).join('');

/** "08:05 · 16/9/2022", as official papers write a date. @param {number} at */
export function moment(at) {
  const date = new Date(at);
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  const month = date.getMonth() + 1;
  const day = `${two(date.getDate())}/${month <= 2 ? two(month) : month}/${date.getFullYear()}`;
  return `${two(date.getHours())}:${two(date.getMinutes())} · ${day}`;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {string} [text]
 */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  if (text !== undefined) made.textContent = text;
  if (made instanceof HTMLButtonElement) made.type = 'button';
  return made;
}

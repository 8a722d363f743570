// @ts-check
// Sending a file: chosen with the paperclip or dropped on the page, one after the other, with what became of it under its name.
import { newId } from './page-outbox.js';
import { postFile } from './page-post.js';

const LARGEST = 10 * 1024 * 1024;

/** @type {Record<string, string>} */
const REFUSALS = {
  'too-big': 'Tệp lớn quá 10 MB nên không gửi được.',
  'too-many': 'Hôm nay anh/chị đã gửi nhiều tệp. Xin gửi tiếp vào ngày mai.',
  empty: 'Tệp trống nên chưa gửi.',
  stranger: 'Anh/chị mở liên kết mời trước khi gửi tệp.',
  forbidden: 'Máy chủ không nhận tệp từ trang này.',
  later: 'Chưa gửi được tệp.',
};

/**
 * `onBegin`: a file is on its way. `onSent`: the server has it. `onRefused`: it was not taken; `again` tries once more.
 * @param {{ button: HTMLElement, input: HTMLInputElement, drop: HTMLElement, onBegin: (id: string, name: string) => void,
 *   onSent: (id: string) => void, onRefused: (id: string, why: string, again: () => void) => void }} options
 */
export function createUpload({ button, input, drop, onBegin, onSent, onRefused }) {
  let sending = Promise.resolve();

  /** @param {Iterable<File>} files */
  function sendAll(files) {
    for (const file of files) {
      const id = newId();
      onBegin(id, file.name);
      sending = sending.then(() => send(id, file));
    }
  }

  /** @param {string} id @param {File} file */
  async function send(id, file) {
    // The end of a long name tells what kind of file it is; half letters cannot stand in an address.
    const name = [...file.name]
      .slice(-200)
      .join('')
      .replace(/\p{Cs}/gu, '');
    const path = `/api/upload?id=${id}&name=${encodeURIComponent(name)}`;
    const result = file.size > LARGEST ? 'too-big' : file.size === 0 ? 'empty' : await postFile(path, file);
    if (result === 'sent') onSent(id);
    else onRefused(id, REFUSALS[result] ?? 'Máy chủ không nhận tệp này.', () => sendAll([file]));
  }

  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    sendAll([...(input.files ?? [])]);
    // The same file may be chosen again after it was changed.
    input.value = '';
    button.focus();
  });
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    drop.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) drop.hidden = true;
  });
  addEventListener('drop', (event) => {
    drop.hidden = true;
    if (!hasFiles(event)) return;
    event.preventDefault();
    sendAll([...(event.dataTransfer?.files ?? [])]);
  });
}

// @ts-check
// The pictures of a message: asked for only when somebody looks at the message, and opened large with a tap.

import { element } from './page-bubble.js';

/** Asks once a strip comes into view. */
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting || !(target instanceof HTMLElement)) continue;
    watcher.unobserve(target);
    void fill(target);
  }
});

/** The strip keeps its height, so that nothing moves when the pictures come. @param {number} seq */
export function pictureStrip(seq) {
  const strip = element('div', 'pictures');
  strip.dataset.seq = String(seq);
  strip.append(element('span', 'note', 'Đang vẽ ảnh…'));
  watcher.observe(strip);
  return strip;
}

/** @param {HTMLElement} strip */
async function fill(strip) {
  const address = `/api/pictures/${strip.dataset.seq}`;
  const { status, count } = await fetch(address).then(
    async (response) => ({
      status: response.status,
      count: response.ok ? Number((await response.json()).count) : 0,
    }),
    () => ({ status: 0, count: 0 }),
  );
  if (status === 200 && count === 0) return strip.remove();
  if (status !== 200) return strip.replaceChildren(trouble(strip, status));
  strip.replaceChildren(...Array.from({ length: count }, (_, page) => picture(address, page, count)));
}

/** @param {string} address @param {number} page @param {number} count */
function picture(address, page, count) {
  const name = count === 1 ? 'Ảnh bảng số liệu' : `Ảnh bảng số liệu ${page + 1}/${count}`;
  const link = Object.assign(element('a', 'picture'), { href: `${address}/${page}`, target: '_blank' });
  link.rel = 'noopener';
  link.title = 'Bấm để xem lớn';
  const image = Object.assign(element('img', ''), { src: `${address}/${page}`, alt: name, loading: 'lazy' });
  link.append(image);
  return link;
}

/** @param {HTMLElement} strip @param {number} status */
function trouble(strip, status) {
  if (status === 404) return element('span', 'note', 'Anh/chị không còn xem được ảnh này.');
  const again = element('button', 'note', 'Chưa tải được ảnh. Bấm để thử lại.');
  again.addEventListener('click', () => {
    strip.replaceChildren(element('span', 'note', 'Đang vẽ ảnh…'));
    void fill(strip);
  });
  return again;
}

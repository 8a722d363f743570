// @ts-check
// How the page posts: first of all a hello, with which the server gives this browser its cookie or knows it again.

const PATIENCE_MS = 30_000;
const FILE_PATIENCE_MS = 280_000;

let known = false;
/** The hello that is on its way. @type {Promise<string> | undefined} */
let hello;

/**
 * Says hello unless the server knows us already; whoever asks meanwhile waits for the same hello.
 * @returns {Promise<string>} 'sent', 'later' (the server is away), or the error word of a refusal
 */
export function sayHello() {
  if (known) return Promise.resolve('sent');
  hello ??= ask('/api/hello', {}).then((result) => {
    hello = undefined;
    known = result === 'sent';
    return result;
  });
  return hello;
}

/** The connection broke, and that may be because the cookie was lost: the next post or stream begins with a hello again. */
export function forgetHello() {
  known = false;
}

/**
 * Posts once, after the hello.
 * @param {string} path
 * @param {Record<string, string>} body
 * @returns {Promise<string>} 'sent', 'later', or the error word of a refusal
 */
export async function post(path, body) {
  const greeted = await sayHello();
  return greeted === 'sent' ? ask(path, body) : greeted;
}

/**
 * Posts a file once, after the hello; a slow line may take minutes for it.
 * @param {string} path @param {File} file
 * @returns {Promise<string>} as `post`
 */
export async function postFile(path, file) {
  const greeted = await sayHello();
  return greeted === 'sent' ? send(path, file, 'application/octet-stream', FILE_PATIENCE_MS) : greeted;
}

/** @param {string} path @param {Record<string, string>} body */
const ask = (path, body) => send(path, JSON.stringify(body), 'application/json', PATIENCE_MS);

/** @param {string} path @param {BodyInit} body @param {string} type @param {number} patience */
async function send(path, body, type, patience) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': type, 'x-chitieu': '1' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    if (response.status === 401) forgetHello();
    // Only our own words count: a hotel's sign-in page also answers 200, and its proxy 403.
    const answer = await response.json();
    if (answer.ok === true) return 'sent';
    return [400, 403, 413].includes(response.status) && typeof answer.error === 'string'
      ? String(answer.error)
      : 'later';
  } catch {
    return 'later';
  }
}

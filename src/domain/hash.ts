// A short stable name for a longer one, where a platform gives little room (button payloads).

/** FNV-1a (32 bit) in base 36, at most 7 characters. Not for secrets. */
export function shortHash(text: string): string {
  let hash = OFFSET;
  for (let n = 0; n < text.length; n++) {
    const unit = text.charCodeAt(n);
    // Ids are ASCII; all else is hashed by its bytes in UTF-8.
    if (unit > 0x7f) return hashed(new TextEncoder().encode(text));
    hash = Math.imul(hash ^ unit, PRIME);
  }
  return (hash >>> 0).toString(36);
}

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

function hashed(bytes: Uint8Array): string {
  let hash = OFFSET;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, PRIME);
  return (hash >>> 0).toString(36);
}

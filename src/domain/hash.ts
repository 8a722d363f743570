// A short stable name for a longer one, where a platform gives little room (button payloads).

/** FNV-1a (32 bit) in base 36, at most 7 characters. Not for secrets. */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
}

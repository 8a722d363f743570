// The codes of many invitations made at once: all of them follow from one seed, so that one message can ask for their file.

/**
 * The n-th code (from 0) of a seed, as fit for links as any other; `digest` is SHA-256 in hex. Who knows a code learns nothing
 * about the seed or the other codes.
 */
export const codeAt = (digest: (text: string) => string, seed: string, n: number): string =>
  digest(`${seed}:${n}`).slice(0, 32);

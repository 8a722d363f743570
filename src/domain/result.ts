// What can be wrong with something a person wrote: data, not exceptions.

/** A fault in a file that an author wrote (template, units list, environment). `line` counts from 1; 0 when there is none. */
export type Issue = {
  readonly file: string;
  readonly line: number;
  readonly path: string;
  readonly message: string;
};

// What stands between a request for a file and its bytes.
import type { TableData } from '../report-maker.ts';

/**
 * `name`: of the file, without its ending. `at`: the time the table has stood like this (ISO, UTC). `drawn`: there are pictures of
 * it. `state`: what tells this table from any other; left out where the table itself does.
 */
export type Made = {
  readonly name: string;
  readonly table: TableData;
  readonly at: string;
  readonly drawn?: true;
  readonly state?: object;
};

// Names of files without their ending: ASCII, because some platforms garble other names.
import type { Campaign } from '../domain/campaign.ts';
import type { Unit } from '../domain/people.ts';
import { periodCode } from '../domain/period.ts';
import { fold } from '../domain/words.ts';

/** The longest part of a name that the unit's name gives. */
const LONGEST = 40;

function dashed({ name }: Unit): string {
  const plain = fold(name).replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-/, '').slice(0, LONGEST).replace(/-$/, '') || 'don-vi';
}

/** "phu-luc-cchc_ubnd-thi-xa-nga-nam_2022-Q3_ban2"; the day of new codes is YYYY-MM-DD. */
export const NAMES = {
  report: (unit: Unit, { period }: Campaign, version?: number): string =>
    [
      'phu-luc-cchc',
      dashed(unit),
      periodCode(period),
      ...(version === undefined ? [] : [`ban${version}`]),
    ].join('_'),
  board: ({ period }: Campaign): string => `tien-do_${periodCode(period)}`,
  consolidated: ({ period }: Campaign, provisional: boolean): string =>
    `tong-hop_${periodCode(period)}${provisional ? '_tam-tinh' : ''}`,
  level: (unit: Unit, { period }: Campaign): string =>
    `phu-luc-tong-hop_${dashed(unit)}_${periodCode(period)}`,
  history: (unit: Unit, { period }: Campaign): string => `lich-su_${dashed(unit)}_${periodCode(period)}`,
  invitations: (day: string): string => `ma-moi_${day}`,
};

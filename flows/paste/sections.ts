// Lines of a paste that belong to another section: by the heading above them, or because most lines around them do.
import type { Template } from '../../src/domain/template.ts';
import type { Draft } from './pasted.ts';

/**
 * The drafts, those of another section without a place in this one. `isForeign`: a heading of another section stands
 * in the paste, so that bare figures are not those of this one.
 */
export function homeOnly(
  said: readonly Draft[],
  template: Template,
): { drafts: readonly Draft[]; isForeign: boolean } {
  let abroad: string | undefined;
  let isForeign = false;
  const there = said.filter(
    ({ fits, elsewhere, by }) => by !== 'heading' && fits.length === 0 && elsewhere.length > 0,
  );
  const here = said.filter(({ fits, elsewhere }) => fits.length > 0 && elsewhere.length === 0);
  const drafts = said.map((draft): Draft => {
    if (draft.by === 'heading') {
      const sections = new Set(draft.elsewhere.map((row) => row.section));
      if (sections.size > 0) [abroad, isForeign] = [[...sections][0], true];
      else if (draft.above || isTitle(draft, template)) abroad = undefined;
      return draft;
    }
    if (draft.fits.length === 0) return draft;
    if (abroad !== undefined) return moved(draft, abroad);
    return draft.elsewhere.length > 0 && there.length > here.length ? moved(draft, undefined) : draft;
  });
  return { drafts, isForeign };
}

const isTitle = (draft: Draft, template: Template): boolean =>
  template.sections.some((row) => row.label !== '' && draft.text.includes(row.label));

/** Its rows in the other section, where it has some; else it is asked at its place here. */
function moved(draft: Draft, section: string | undefined): Draft {
  const others = draft.elsewhere.filter((row) => section === undefined || row.section === section);
  return others.length > 0
    ? { ...draft, fits: [], alike: false, doubt: 'elsewhere', elsewhere: others }
    : { ...draft, doubt: 'elsewhere' };
}

// Words of a screen with several codes: a hint that holds for every row is said once, below them.
import { describe, expect, it } from 'vitest';
import { choicesScreen } from '../src/text/screen.ts';
import { allTemplates, plain } from './support/world.ts';

const rowsOf = async (...ids: readonly string[]) => {
  const template = (await allTemplates()).find(({ id }) => id === 'ubnd-thi-xa-nga-nam');
  return ids.flatMap((id) => {
    const row = template?.byId.get(id);
    return row?.row === 'indicator' ? [{ indicator: row, isCurrent: id === ids[0] }] : [];
  });
};
const HINT = 'Dòng này hỏi Có/Không, không hỏi số lượng: chọn Có nếu đã thực hiện.';
const said = (text: Parameters<typeof plain>[0]['text']) => plain({ text });

describe('A hint on a screen of several codes', () => {
  it('is said once when it holds for every row', async () => {
    const rows = await rowsOf('iso-don-vi-cong-bo', 'iso-don-vi-danh-gia', 'iso-don-vi-xem-xet');
    const screen = said(choicesScreen([], rows));
    expect(screen.split('chọn Có nếu đã thực hiện')).toHaveLength(2);
    expect(screen).toContain(`\nLưu ý: ${HINT}\nMã: `);
  });

  it('stays under its own row when another row has none', async () => {
    const rows = await rowsOf('hop-truc-tuyen-xa', 'iso-don-vi-cong-bo');
    const screen = said(choicesScreen([], rows));
    expect(screen).toContain(`lưu ý: ${HINT}`);
    expect(screen).not.toContain('Lưu ý:');
  });
});

// A short form for the template tests, and ways to break it on purpose.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issue } from '../../src/domain/result.ts';
import { loadTemplates } from '../../templates/load.ts';

export const SAMPLE = `id: mau
version: 1
name: Biểu mẫu thử
periods:
  quarter: Quí {quarter}/{year}
tables:
  - id: phu-luc
    title:
      - { heading: Phụ lục }
      - { title: "{period} của {unit}", caps: true }
    columns: { stt: 6, label: 50, unit: 16, value: 14, note: 30 }
    header:
      - [{ text: STT, down: 2 }, { text: Chỉ tiêu, down: 2 }, { text: Kết quả, across: 2 }, { text: Ghi chú, down: 2 }]
      - [Đơn vị tính, Số liệu]
    rows:
      - section: Chỉ đạo điều hành
        id: chi-dao
        stt: I
        rows:
          - indicator: Tỷ lệ hoàn thành kế hoạch
            id: ty-le
            stt: "1"
            unit: "%"
            type: percent
            mayExceed100: true
            rows:
              - indicator: Số nhiệm vụ đề ra
                id: de-ra
                unit: Nhiệm vụ
                type: count
              - indicator: Số nhiệm vụ đã hoàn thành
                id: hoan-thanh
                unit: Nhiệm vụ
                type: count
                hint: Tính đến ngày chốt số liệu
          - group: Kiểm tra
            id: kiem-tra
            stt: "2"
            note: (nếu có)
            rows:
              - indicator: Có kế hoạch kiểm tra
                id: co-ke-hoach
                unit: Có = 1; Không = 0
                type: choice
              - indicator: Nội dung kiểm tra
                id: noi-dung
                type: text
rules:
  - { id: trong-de-ra, severity: hard, why: Không quá số đề ra., atMost: [hoan-thanh, de-ra] }
  - { id: dung-ty-le, severity: hard, ratio: { value: ty-le, part: hoan-thanh, whole: de-ra } }
  - { id: co-noi-dung, severity: soft, filledWhen: { when: co-ke-hoach, filled: [noi-dung] } }
`;

/** The sample with one piece of text replaced; the piece must be there. */
export function sampleWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the sample has no ${JSON.stringify(from)}`);
    return text.replace(from, () => to);
  }, SAMPLE);
}

/** A new temporary folder with these files. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'templates-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** The faults of a file `mau.v1.yaml` with this text. */
export async function faultsOf(text: string): Promise<Issue[]> {
  const { issues } = await loadTemplates(await folderOf({ 'mau.v1.yaml': text }));
  return issues;
}

/** The line, counted from 1, on which a piece of text first stands. */
export const lineOf = (text: string, piece: string): number =>
  text.slice(0, text.indexOf(piece)).split('\n').length;

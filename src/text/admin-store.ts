// What the command line says about moving a store from one place to another.

type Kind =
  | 'units'
  | 'people'
  | 'campaigns'
  | 'invitations'
  | 'links'
  | 'channels'
  | 'reports'
  | 'history'
  | 'recent'
  | 'talks';

/** What is wrong with a file, `line` counted from 1, or with the store that is to take it in. */
type Fault =
  | { readonly is: 'foreign' | 'newer' | 'damaged' | 'misplaced' | 'cut' | 'goesOn'; readonly line: number }
  | { readonly is: 'sums'; readonly line: number; readonly kind: Kind }
  | { readonly is: 'notEmpty' };

const KIND: Readonly<Record<Kind, string>> = {
  units: 'đơn vị/units',
  people: 'người dùng/people',
  campaigns: 'kỳ báo cáo/periods',
  invitations: 'mã mời/invitations',
  links: 'liên kết/links',
  channels: 'kênh/channels',
  reports: 'báo cáo/reports',
  history: 'lịch sử/histories',
  recent: 'thay đổi gần đây/recent changes',
  talks: 'cuộc trò chuyện/conversations',
};

/** Why a file was not taken, or not taken in; nothing was stored. `place`: of the store. */
function fault(file: string, place: string, found: Fault): string {
  switch (found.is) {
    case 'foreign':
      return `${file}:1 – không phải tệp của "store export". Not a file of "store export".`;
    case 'newer':
      return `${file}:1 – do phiên bản bot mới hơn ghi; hãy cài phiên bản đó. Written by a newer release.`;
    case 'damaged':
      return `${file}:${found.line} – dòng này bị hỏng hoặc bị sửa. This line is damaged or was changed.`;
    case 'misplaced':
      return `${file}:${found.line} – dòng này không đứng đúng chỗ. This line is out of its place.`;
    case 'cut':
      return `${file}:${found.line} – tệp bị cụt từ dòng này. The file is cut off here.`;
    case 'goesOn':
      return `${file}:${found.line} – còn dữ liệu sau dòng cuối. There is something after the last line.`;
    case 'sums':
      return `${file}:${found.line} – thiếu hoặc thừa dòng (${KIND[found.kind]}): không khớp với tổng ở dòng cuối. Lines are missing or too many.`;
    case 'notEmpty':
      return `Kho dữ liệu ${place} đã có dữ liệu nên không nhập gì; chỉ nhập vào kho còn trống, trước lần khởi động đầu tiên của bot. The store is not empty, nothing was imported.`;
  }
}

export const STORE = {
  kind: (kind: Kind): string => KIND[kind],
  columns: ['loại/kind', 'số lượng/count', 'SHA-256'],
  bothColumns: [
    'loại/kind',
    'tệp/file',
    'kho/store',
    'SHA-256 của tệp/of the file',
    'SHA-256 của kho/of the store',
  ],
  exported: (place: string, file: string): string =>
    `Đã ghi toàn bộ dữ liệu của ${place} ra ${file}. Exported.`,
  imported: (file: string, place: string): string =>
    `Đã nhập ${file} vào ${place} và đọc lại: số lượng và SHA-256 đều khớp. Imported and read back, everything is the same.`,
  sound: (file: string): string => `${file}: tệp nguyên vẹn. The file is whole.`,
  secrets:
    'Tệp có số liệu, họ tên và token của các kênh: chỉ người quản trị được giữ; xóa khi không cần nữa. It holds names and tokens.',
  differs: (kinds: readonly Kind[]): string =>
    `Đọc lại không khớp với tệp (${kinds.map((kind) => KIND[kind]).join(', ')}) nên không nhập gì. What was read back differs from the file, nothing was imported.`,
  fault,
  cannotWrite: (file: string, why: string): string =>
    `Không ghi được ${file} (${why}); cần một tên tệp mới, ở nơi còn đủ chỗ. Cannot write.`,
  cannotRead: (file: string, why: string): string => `Không đọc được ${file} (${why}). Cannot read.`,
};

// The one Vietnamese sentence that goes with each reason why stored data cannot be opened or written; the details stay in English.

/**
 * damaged: a file is not as we left it. locked: another process uses it. newer: written by a newer release. unwritable: no room, no
 * right, no folder. away: the database does not answer. altered: its tables are not those that this program made.
 */
export type StoreFault = 'damaged' | 'locked' | 'newer' | 'unwritable' | 'away' | 'altered';

/** What the operator should know at a glance, in Vietnamese. */
export function storeFault(fault: StoreFault): string {
  switch (fault) {
    case 'damaged':
      return 'Dữ liệu bị hỏng hoặc thiếu: bot dừng lại để không mất thêm số liệu; anh/chị hãy khôi phục từ bản sao lưu.';
    case 'locked':
      return 'Thư mục dữ liệu đang được một tiến trình khác sử dụng; anh/chị hãy dừng tiến trình đó trước.';
    case 'newer':
      return 'Dữ liệu do phiên bản bot mới hơn ghi; anh/chị hãy cài lại phiên bản mới.';
    case 'unwritable':
      return 'Không ghi được dữ liệu; anh/chị hãy kiểm tra dung lượng đĩa và quyền ghi của thư mục.';
    case 'away':
      return 'Cơ sở dữ liệu không trả lời; bot tự thử lại, anh/chị hãy kiểm tra máy chủ cơ sở dữ liệu và DATABASE_URL.';
    case 'altered':
      return 'Cấu trúc cơ sở dữ liệu không khớp với bản bot này; anh/chị hãy cài đúng bản bot hoặc khôi phục từ bản sao lưu.';
  }
}

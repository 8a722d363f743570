// Where a database is, as it may be shown: its address without user and password.

/** "host:port/name" of postgres://user:password@host:port/name */
export function databasePlace(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}

const SERVICES: ReadonlyMap<number, string> = new Map([
  [20, 'ftp-data'],
  [21, 'ftp'],
  [22, 'ssh'],
  [23, 'telnet'],
  [25, 'smtp'],
  [53, 'domain'],
  [67, 'bootps'],
  [80, 'http'],
  [110, 'pop3'],
  [123, 'ntp'],
  [143, 'imap2'],
  [389, 'ldap'],
  [443, 'https'],
  [445, 'microsoft-ds'],
  [587, 'submission'],
  [636, 'ldaps'],
  [993, 'imaps'],
  [1433, 'ms-sql-s'],
  [3306, 'mysql'],
  [5432, 'postgresql'],
  [6379, 'redis'],
  [8080, 'http-alt'],
]);

/** The name of the service that has a port by custom; the number when there is none. */
export function serviceName(port: number): string {
  return SERVICES.get(port) ?? String(port);
}

/** Of the operating system, about a connection. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Of PostgreSQL: the server ends, starts, recovers, has no connection left, or can only be read (a standby before it takes over). */
const SERVER_CODES: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '53300', '25006']);

/** What pg says without a code. */
const MESSAGES =
  /^(?:Connection terminated|Query read timeout|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether the database did not answer, which may be better in a moment; not that it answered with an error. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if ('syscall' in error) return CONNECTION_CODES.has(code);
  return SERVER_CODES.has(code) || /^08...$/.test(code) || MESSAGES.test(error.message);
}

/** What the process ends with. Documented in the README; scripts depend on it. */
export const exitCodes = {
  ok: 0,
  /** The gate (`--fail-on`) found something. */
  findings: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The answer is missing or has a hole: not read, not assessed, no data. */
  notAssessed: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

import { printableLines } from '#foundation/index.ts';
import type { ScanFailure } from '#scan/index.ts';

/** What the process ends with. Documented in the README; scripts depend on it. */
export const exitCodes = {
  ok: 0,
  /** The gate (`--fail-on`) found something, or a policy denied it. */
  findings: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The answer is missing or has a hole: not read, not assessed, no data. */
  notAssessed: 3,
  /** Stopped by a signal, as shells have it for SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Says on standard error why there is no report, and what to end with. */
export function reportFailure({ kind, message }: ScanFailure): ExitCode {
  process.stderr.write(`plimsoll: ${printableLines(message)}\n`);
  return kind === 'usage' ? exitCodes.usage : exitCodes.notAssessed;
}

import { accountChecks } from './accounts.ts';
import { bootChecks } from './boot.ts';
import { fileModeChecks } from './file-modes.ts';
import type { HostCheck } from './host-check.ts';
import { kernelChecks } from './kernel.ts';
import { mountChecks } from './mounts.ts';
import { recordChecks } from './records.ts';
import { serviceChecks } from './services.ts';
import { sshChecks } from './ssh/ssh-checks.ts';
import { sysctlChecks } from './sysctls.ts';
import { updateChecks } from './updates.ts';

/** Checks of the machine that containers run on, besides its engines. */
export const hostChecks: readonly HostCheck[] = [
  ...accountChecks,
  ...bootChecks,
  ...fileModeChecks,
  ...kernelChecks,
  ...mountChecks,
  ...recordChecks,
  ...serviceChecks,
  ...sshChecks,
  ...sysctlChecks,
  ...updateChecks,
];

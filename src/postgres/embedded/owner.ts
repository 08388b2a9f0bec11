import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { err, ok, type Result } from '#foundation/index.ts';

/** Takes a directory for this process alone. The value gives it back. */
export function takeOwnership(file: string): Result<() => void> {
  const own = `${process.pid} ${startOf(process.pid) ?? ''}`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const descriptor = openSync(file, 'wx', 0o600);
      writeFileSync(descriptor, own);
      closeSync(descriptor);
      return ok(() => rmSync(file, { force: true }));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const [pid = '', started = ''] = readFileSync(file, 'utf8').split(' ');
      if (startOf(Number(pid)) === started && started !== '')
        return err(
          `it is in use by another Plimsoll (process ${pid}); stop that one, or give another directory with --data`,
        );
      rmSync(file, { force: true });
    }
  }
  return err('another Plimsoll is taking it at this moment; try again');
}

/** When a process began, in ticks since the machine did: a number used again by another process is not mistaken for the owner. */
export function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

import { openSync } from 'node:fs';
import type { FuzzTarget } from '../../target.ts';

const kept: unknown[] = [];

function target(id: string, run: FuzzTarget['run'], maxMs = 10_000): FuzzTarget {
  return { id, title: id, form: 'text', seeds: () => [Buffer.from('seed')], run, maxMs };
}

function takeTime(milliseconds: number): void {
  const start = process.cpuUsage();
  for (let used = { user: 0, system: 0 }; used.user + used.system < milliseconds * 1000; )
    used = process.cpuUsage(start);
}

/** Targets that do what parsers must not do, to see that it is noticed. */
export const targets: readonly FuzzTarget[] = [
  target('behaves', () => undefined),
  target('throws', (bytes) => {
    if (!Buffer.from(bytes).equals(Buffer.from('seed'))) throw new TypeError(`cannot read ${bytes.length}\u2028`);
  }),
  target('rejects', () => Promise.reject(new Error('asynchronously'))),
  target('throws-later', async () => {
    setImmediate(() => {
      throw new Error('when nobody looks');
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }),
  target('hangs', () => {
    for (;;);
  }),
  target('ends', () => process.exit(7)),
  target('is-slow', () => takeTime(120), 50),
  target('grows', () => void Buffer.alloc(600 * 2 ** 20, 1)),
  target('keeps-files', () => void openSync('/dev/null', 'r')),
  target('keeps-memory', () => void kept.push(Buffer.alloc(4 * 2 ** 20, 1))),
];

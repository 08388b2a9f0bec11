import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

declare const PLIMSOLL_BUNDLED: boolean | undefined;

/** Where the built console lies: in dist/ of the checkout, or in the bundle beside the main program or one level above a chunk. */
export function consoleDirectory(): string {
  if (typeof PLIMSOLL_BUNDLED === 'undefined') return fileURLToPath(new URL('../../../dist/console', import.meta.url));
  const beside = fileURLToPath(new URL('./console', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../console', import.meta.url));
}

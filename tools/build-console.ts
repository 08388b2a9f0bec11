// Builds the console into static files with names by content, each with twins that are compressed already. The same sources give the same bytes.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

/** Smaller files gain nothing. */
const MIN_BYTES = 1024;

export async function buildConsole(root: string, directory: string): Promise<void> {
  await build({
    configFile: join(root, 'console/vite.config.ts'),
    logLevel: 'warn',
    mode: 'production',
    build: { outDir: directory },
  });
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) compress(join(directory, name));
}

function compress(path: string): void {
  if (!/\.(?:js|css|html|svg|json)$/.test(path) || statSync(path).size < MIN_BYTES) return;
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  );
}

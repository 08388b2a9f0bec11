import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '#foundation/index.ts';
import {
  enqueue,
  findRegistry,
  findRegistryImage,
  followTags,
  type ImagePlace,
  noteScanned,
  SCAN_IMAGE,
  type StoredRegistry,
} from '#storage/index.ts';
import type { AdvisorySettings } from '../advisories/settings.ts';
import type { JobHandler } from '../jobs/runner.ts';
import { takeIn } from '../reports/take-in.ts';
import type { ServerContext } from '../route.ts';
import { accessOf, assetName } from './access.ts';
import type { RegistryAccess } from './client.ts';

const payload = z.object({ registry: z.uuid(), repository: z.string(), digest: z.string() });

/** Less than a job may take. */
const MAX_MS = 4.5 * 60_000;
const MAX_MEMORY_MB = 768;
const MAX_REPORT_BYTES = 64 * 1024 * 1024;
const BUSY_MS = 5000;

/** Images whose scan is under way in this process: one for each processor, and none twice. */
const underWay = new Set<string>();

/** Scans an image that a watched registry names, in a process of its own, and takes the report in. What fails is told with the image. */
export const scanImage: JobHandler = async (given, context, signal) => {
  const image = payload.parse(given);
  const { query, now, advisories } = context;
  if (advisories === undefined) return;
  if (underWay.size >= availableParallelism() || underWay.has(image.digest)) {
    const runAt = new Date(now().getTime() + BUSY_MS);
    await enqueue(query, { kind: SCAN_IMAGE, payload: image, runAt, key: `later ${image.repository} ${image.digest}` });
    return;
  }
  underWay.add(image.digest);
  try {
    const [registry, found] = [await findRegistry(query, image.registry), await findRegistryImage(query, image)];
    if (registry === undefined || !found || found.gone_at !== null || found.scan_state !== 'waiting') return;
    const done = await scanAndTakeIn(context, advisories, { registry, image, tags: found.tags }, signal);
    await noteScanned(query, image, done.ok ? undefined : done.error, now());
  } finally {
    underWay.delete(image.digest);
  }
};

interface ScannedImage {
  readonly registry: StoredRegistry;
  readonly image: ImagePlace;
  readonly tags: readonly string[];
}

async function scanAndTakeIn(
  context: ServerContext,
  advisories: AdvisorySettings,
  { registry, image, tags }: ScannedImage,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { hostname } = new URL(registry.url);
  // The scanner resolves the name by itself: what it must not reach is refused before.
  const checked = await context.outbound.check(hostname);
  if (!checked.ok) return err(checked.error.message);
  const directory = await mkdtemp(join(tmpdir(), 'plimsoll-registry-scan-'));
  try {
    const file = join(directory, 'report.json');
    const ended = await runScan(advisories, accessOf(context.secrets, registry), image, file, signal);
    const size = await stat(file).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === undefined) return err(ended);
    if (size > MAX_REPORT_BYTES) return err(`The report has ${size} bytes, more than is taken in.`);
    const asset = assetName(registry, image.repository);
    const content = await readFile(file);
    const taken = await takeIn(
      context,
      content,
      { asset: `repository:${asset}` },
      { principal: undefined, scopes: [{ kind: 'all' }] },
    );
    if (!taken.ok) return err(taken.error.message);
    const named = new Map(tags.map((tag) => [tag, image.digest]));
    await context.query
      .transaction()
      .execute((query) => followTags(query, asset, { tags: named, extent: 'some' }, context.now()));
    return ok(undefined);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const MAX_WORDS = 1500;

/** The last words of what it said. */
function runScan(
  { program, directory, feedMirror, network }: AdvisorySettings,
  { url, username, password }: RegistryAccess,
  { repository, digest }: ImagePlace,
  file: string,
  signal: AbortSignal,
): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { host, protocol } = new URL(url);
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${MAX_MEMORY_MB}`,
      ...[program, 'scan', `registry:${host}/${repository}@${digest}`, '--quiet'],
      ...['--format', 'json', '--output', file, '--db-dir', directory, '--use-package-mirror', 'never'],
      ...(feedMirror === undefined ? [] : ['--feed-mirror', feedMirror]),
      ...(network === 'offline' ? ['--offline'] : []),
      ...(protocol === 'http:' ? ['--plain-http'] : []),
      ...(username === undefined ? [] : ['--username', username, '--password-stdin']),
    ],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(MAX_MS)]),
      killSignal: 'SIGKILL',
    },
  );
  let words = '';
  child.stderr.on('data', (piece: Buffer) => {
    words = (words + piece.toString('utf8')).slice(-MAX_WORDS);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(password ?? '');
  child.on('error', (error) => {
    words = `The scan was ended: ${error.message}. ${words}`;
  });
  child.on('close', (code) => resolve(words.trim() || `The scanner ended with ${code} and said nothing.`));
  return promise;
}

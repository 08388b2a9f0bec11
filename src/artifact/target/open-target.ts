import { ok, type Result } from '#foundation/index.ts';
import type { Artifact } from '../artifact.ts';
import { openDocument } from '../document/open-document.ts';
import type { Engine } from '../engine.ts';
import { engines } from '../engines.ts';
import { type OpenContext, type OpenOptions, wishFor } from '../open-options.ts';
import { parsePlatform } from '../platform/platform.ts';
import { parseReference, renderReference } from '../reference/reference.ts';
import { openRegistryImage } from '../registry/open-registry.ts';
import { createSpoolDirectory } from '../spool-directory.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { openArchive, openOci, openTree } from './open-path.ts';
import { isDocumentShaped, isPathShaped, type PathWithSelector, pathKind, splitPath } from './path.ts';
import { parseTarget, type Target } from './target.ts';

/**
 * Opens what the user named: an image in a registry, engine, layout or archive, a root file system, a directory of sources,
 * or this host. Nothing large is read or fetched yet. The caller closes the artifact.
 */
export async function openTarget(text: string, options: OpenOptions): Promise<Result<Artifact, TargetError>> {
  const target = parseTarget(text);
  if (!target.ok) return targetError('usage', target.error);
  const platform = options.platform === undefined ? undefined : parsePlatform(options.platform);
  if (platform && !platform.ok) return targetError('usage', platform.error);
  const environment = options.environment ?? process.env;
  const context: OpenContext = {
    platform: platform?.value,
    registries: { environment, ...options.registries },
    environment,
    signal: options.signal,
    newSpool: () => createSpoolDirectory(options.spoolDirectory),
  };
  return openScheme(target.value, context);
}

async function openScheme({ scheme, rest }: Target, context: OpenContext): Promise<Result<Artifact, TargetError>> {
  switch (scheme) {
    case 'host':
      return openTree('/', 'host');
    case 'rootfs':
      return openTree(rest, 'rootfs');
    case 'directory':
      return openTree(rest, 'directory');
    case 'oci':
      return withPath(rest, (place) => openOci(place, context));
    case 'archive':
      return withPath(rest, (place) => openArchive(place, context, 'any'));
    case 'sbom':
      return openDocument(rest);
    case 'registry':
      return openFromRegistry(rest, context);
    case 'guess':
      return openGuessed(rest, context);
    default:
      return openFromEngine(scheme, rest, context);
  }
}

async function withPath(
  text: string,
  open: (place: PathWithSelector) => Promise<Result<Artifact, TargetError>>,
): Promise<Result<Artifact, TargetError>> {
  const place = await splitPath(text);
  return place ? open(place) : targetError('not-found', `${text} does not exist or cannot be read`);
}

async function openFromRegistry(text: string, context: OpenContext): Promise<Result<Artifact, TargetError>> {
  const reference = parseReference(text);
  if (!reference.ok) return targetError('usage', reference.error);
  const name = renderReference(reference.value);
  const { registries } = context;
  return openRegistryImage({
    ...wishFor(name, context),
    reference: reference.value,
    registries,
    spool: context.newSpool(),
  });
}

async function openFromEngine(
  scheme: Engine['scheme'],
  name: string,
  context: OpenContext,
): Promise<Result<Artifact, TargetError>> {
  const engine = engines.find((candidate) => candidate.scheme === scheme);
  return engine ? engine.open(name, context) : targetError('unsupported', `${scheme}: is not supported`);
}

/** A path if something scannable lies there, then an engine that holds the image, then the registry. */
async function openGuessed(text: string, context: OpenContext): Promise<Result<Artifact, TargetError>> {
  const place = await splitPath(text);
  const kind = place && (await pathKind(place.path));
  if (place && (kind === 'document' || kind === 'archive' || kind === 'layout' || kind === 'rootfs')) {
    const isAmbiguous = !isPathShaped(place.path) && imageMeaning(text) !== undefined;
    return isAmbiguous ? twoMeanings(text, kind) : openGuessedPath(place, kind, context);
  }
  // Said to be a file by its name: what is wrong with it is worth more than that no image is called so.
  if (place && kind === 'file' && isDocumentShaped(place.path)) return openDocument(place.path);
  if (place && kind === 'file' && isPathShaped(place.path)) return openArchive(place, context, 'any');
  if (!isPathShaped(text) && imageMeaning(text) !== undefined) return openByName(text, context);
  const isDirectory = place?.selector === undefined && kind === 'directory';
  return place && isDirectory ? openTree(place.path, 'directory') : pathFault(text, place);
}

function twoMeanings(text: string, kind: ScannablePath): Result<never, TargetError> {
  const what = WHAT[kind];
  return targetError('usage', `${text} is ${what} here and also an image name; write ./${text} or registry:${text}`);
}

type ScannablePath = 'document' | 'archive' | 'layout' | 'rootfs';

const WHAT: Readonly<Record<ScannablePath, string>> = {
  document: 'an SBOM',
  archive: 'an archive',
  layout: 'a directory',
  rootfs: 'a directory',
};

function openGuessedPath(
  place: PathWithSelector,
  kind: ScannablePath,
  context: OpenContext,
): Promise<Result<Artifact, TargetError>> {
  if (kind === 'document') return openDocument(place.path);
  if (kind === 'layout') return openOci(place, context);
  return kind === 'archive' ? openArchive(place, context, 'any') : openTree(place.path, 'rootfs');
}

/** The reference that the text would be, for names that people do type without a path in mind. */
function imageMeaning(text: string): string | undefined {
  const reference = parseReference(text);
  return reference.ok ? renderReference(reference.value) : undefined;
}

function pathFault(text: string, place: PathWithSelector | undefined): Result<never, TargetError> {
  if (place) {
    return targetError(
      'usage',
      `${place.path} is neither an image archive nor an OCI layout nor a directory nor an SBOM; force what it is with archive:, oci:, rootfs:, dir: or sbom:`,
    );
  }
  if (isPathShaped(text)) return targetError('not-found', `${text} does not exist or cannot be read`);
  const reference = parseReference(text);
  return targetError('usage', `${text} is nothing that exists here${reference.ok ? '' : `, and ${reference.error}`}`);
}

async function openByName(text: string, context: OpenContext): Promise<Result<Artifact, TargetError>> {
  const held = await askEngines(text, context);
  const [first] = held.artifacts;
  const different = new Set(held.artifacts.map((artifact) => artifact.configDigest)).size > 1;
  await Promise.all(held.artifacts.slice(different ? 0 : 1).map((artifact) => artifact.close()));
  if (different) {
    const choices = held.artifacts.map(({ scheme }) => `${scheme}:${text}`).join(' or ');
    return targetError('usage', `${text} is a different image in several engines here; write ${choices}`);
  }
  if (first) return ok(first);
  const fetched = await openFromRegistry(text, context);
  if (fetched.ok || held.faults.length === 0) return fetched;
  return targetError(fetched.error.code, `${fetched.error.message} (also: ${held.faults.join('; ')})`);
}

async function askEngines(text: string, context: OpenContext) {
  const answers = await Promise.all(
    engines.map(async (engine) => ({ engine, answer: await engine.open(text, context) })),
  );
  return {
    artifacts: answers.flatMap(({ answer }) => (answer.ok ? [answer.value] : [])),
    faults: answers.flatMap(({ engine, answer }) =>
      answer.ok || answer.error.code === 'not-found' ? [] : [`${engine.title}: ${answer.error.message}`],
    ),
  };
}

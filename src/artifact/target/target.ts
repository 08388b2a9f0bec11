import { err, ok, type Result } from '#foundation/index.ts';
import type { TargetScheme } from '../artifact.ts';

/** A cluster is asked over its interface: there is nothing to open. */
type OpenedScheme = Exclude<TargetScheme, 'cluster'>;

/** A target's text, its forced scheme split off. */
export interface Target {
  readonly scheme: OpenedScheme | 'guess';
  /** Path or reference; empty for the host. */
  readonly rest: string;
}

/** What is written before the colon; a directory's scheme is `directory`, and nobody should have to type that. */
const SCHEMES: ReadonlyMap<string, OpenedScheme> = new Map([
  ['docker', 'docker'],
  ['podman', 'podman'],
  ['containerd', 'containerd'],
  ['registry', 'registry'],
  ['oci', 'oci'],
  ['archive', 'archive'],
  ['rootfs', 'rootfs'],
  ['dir', 'directory'],
  ['sbom', 'sbom'],
]);

/**
 * Reads a target. `docker:24` and `registry:2` are famous images and also read as "image `24` in Docker", so a scheme
 * followed by what looks like nothing but a tag is an error that names both.
 */
export function parseTarget(text: string): Result<Target> {
  if (text === '') return err('the target is empty; name an image, a file, a directory, or host');
  if (text.length > 4096 || /[\0-\x1f\x7f]/.test(text))
    return err('the target is too long or holds control characters');
  if (text === 'host') return ok({ scheme: 'host', rest: '' });
  const colon = text.indexOf(':');
  const prefix = text.slice(0, Math.max(colon, 0));
  const scheme = SCHEMES.get(prefix);
  if (scheme === undefined) return ok({ scheme: 'guess', rest: text });
  const rest = text.slice(colon + 1);
  if (rest === '') return err(`nothing follows ${prefix}: in the target`);
  if (isImageName(scheme) && looksLikeTag(rest)) {
    return err(
      `${text} can mean the image docker.io/library/${text} or the image ${rest} in ${placeOf(scheme)}; ` +
        `write docker.io/library/${text} or ${scheme}:docker.io/library/${rest}`,
    );
  }
  return ok({ scheme, rest });
}

function isImageName(scheme: TargetScheme): boolean {
  return scheme === 'docker' || scheme === 'registry';
}

function looksLikeTag(text: string): boolean {
  return /^(?:\d[\w.-]*|latest|dind|cli|rc|edge|test)$/.test(text);
}

function placeOf(scheme: TargetScheme): string {
  return scheme === 'docker' ? 'the local Docker' : 'a registry';
}

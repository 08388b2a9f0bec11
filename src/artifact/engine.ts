import type { Result } from '#foundation/index.ts';
import type { ImageArtifact } from './artifact.ts';
import type { OpenContext } from './open-options.ts';
import type { TargetError } from './target-error.ts';

/** A container engine on this machine that may hold the image. */
export interface Engine {
  readonly scheme: 'docker' | 'podman' | 'containerd';
  /** For messages: `Docker`. */
  readonly title: string;
  /** `not-found`: the engine is not here or does not hold the image. Any other error: it is here and could not be asked. */
  open(name: string, context: OpenContext): Promise<Result<ImageArtifact, TargetError>>;
}

import type { Digest } from '#model/index.ts';
import type { TargetError, TargetErrorCode } from './target-error.ts';

/** A layer that could not be brought here although its image could be opened. Thrown by `LayerContent.fetch`. */
export class LayerUnavailable extends Error {
  readonly code: TargetErrorCode;

  constructor(digest: Digest, error: TargetError) {
    super(`The layer ${digest} could not be brought here: ${error.message}`);
    this.name = 'LayerUnavailable';
    this.code = error.code;
  }
}

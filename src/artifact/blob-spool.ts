import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '#foundation/index.ts';
import { type Digest, digestHex } from '#model/index.ts';
import type { FetchedBlob } from './artifact.ts';
import type { SpoolDirectory } from './spool-directory.ts';
import type { TargetError } from './target-error.ts';

/** Blobs on their way through temporary files. Users of one blob share its file; the last one to leave deletes it. */
export interface BlobSpool {
  take(
    digest: Digest,
    bring: (filePath: string) => Promise<Result<void, TargetError>>,
  ): Promise<Result<FetchedBlob, TargetError>>;
}

interface Shared {
  users: number;
  readonly arrival: Promise<Result<void, TargetError>>;
}

export function createBlobSpool(directory: SpoolDirectory): BlobSpool {
  const present = new Map<Digest, Shared>();
  const leave = async (digest: Digest, path: string, shared: Shared) => {
    shared.users -= 1;
    if (shared.users > 0) return;
    if (present.get(digest) === shared) present.delete(digest);
    await rm(path, { force: true });
  };
  return {
    async take(digest, bring) {
      const path = join(directory.path(), digestHex(digest));
      const shared = present.get(digest) ?? { users: 0, arrival: bring(path) };
      present.set(digest, shared);
      shared.users += 1;
      const arrived = await shared.arrival.catch(async (cause: unknown) => {
        await leave(digest, path, shared);
        throw cause;
      });
      if (!arrived.ok) {
        await leave(digest, path, shared);
        return arrived;
      }
      let released = false;
      return ok({
        path,
        async release() {
          if (released) return;
          released = true;
          await leave(digest, path, shared);
        },
      });
    },
  };
}

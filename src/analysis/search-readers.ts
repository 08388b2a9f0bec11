import type { Reader } from '#artifact/index.ts';
import { checkReader } from '#checks/index.ts';
import { malwareReaders } from '#malware/index.ts';
import { secretReader } from '#secrets/index.ts';
import type { SearchSettings } from './reader-set.ts';

/** Who looks for what is wrong in any layer, whether a container would still see the file or not. */
export function searchReaders({ secrets, malware, checks }: SearchSettings): Reader[] {
  return [
    ...(secrets ? [secretReader(secrets)] : []),
    ...(malware ? malwareReaders(malware) : []),
    ...(checks ? [checkReader] : []),
  ];
}

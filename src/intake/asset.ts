import { parseReference } from '#artifact/index.ts';
import type { Submission } from '#findings/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { maxLengths } from './bounds.ts';
import { storable } from './text.ts';

const KINDS = ['repository', 'host', 'project', 'workload'] as const;

/** Reads `project:shop/checkout`, as users name what a report is about. */
export function parseAsset(text: string): Result<Submission['asset']> {
  const colon = text.indexOf(':');
  const kind = KINDS.find((one) => one === text.slice(0, colon));
  const name = text.slice(colon + 1).trim();
  if (kind === undefined || name === '')
    return err(`an asset is written as KIND:NAME, the kind one of ${KINDS.join(', ')}: project:shop/checkout`);
  if (kind !== 'repository') return ok({ kind, name: storable(name, maxLengths.asset) });
  const image = imageAsset(name);
  return image
    ? ok(image.asset)
    : err('the name of a repository is that of an image without tag: ghcr.io/shop/checkout');
}

export interface ImageName {
  readonly asset: Submission['asset'];
  /** Absent where it names a digest, or nothing. */
  readonly tag?: string;
}

/** Of what is an image in a registry: the repository, with the registry spelt out. */
export function imageAsset(reference: string): ImageName | undefined {
  const parsed = parseReference(reference);
  if (!parsed.ok) return undefined;
  const { registry, repository, tag } = parsed.value;
  const asset = { kind: 'repository' as const, name: `${registry}/${repository}` };
  return tag === undefined ? { asset } : { asset, tag };
}

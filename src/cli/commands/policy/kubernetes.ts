import { InvalidArgumentError } from 'commander';
import { definedKinds, KindCatalog, loadBuiltInKinds } from '#policy/admission/index.ts';
import { readObjects } from './files.ts';

/** `1.30`, `v1.30` and `1.30.2` are the minor 30. */
export function parseKubernetes(text: string): number {
  const [, minor] = /^v?1\.(\d{1,3})(?:\.\d+)?$/.exec(text) ?? [];
  if (minor === undefined) throw new InvalidArgumentError('Give a version such as 1.30.');
  return Number(minor);
}

interface KnownKinds {
  readonly catalog: KindCatalog;
  /** Whose built-in kinds are in it: the nearest minor that is known. */
  readonly minor: number;
  readonly errors: readonly string[];
}

/** The built-in kinds of a minor, the newest where none is given, and those that definitions among the files describe. */
export async function readKinds(minor: number | undefined, definitions: readonly string[]): Promise<KnownKinds> {
  const builtIn = await loadBuiltInKinds();
  const { objects, errors } = await readObjects(definitions);
  const defined = definedKinds(objects);
  const nearest = Math.min(Math.max(minor ?? builtIn.last, builtIn.first), builtIn.last);
  const none = definitions.length > 0 && errors.length === 0 && defined.length === 0;
  return {
    catalog: new KindCatalog([...builtIn.of(nearest), ...defined]),
    minor: nearest,
    errors: none ? [...errors, 'there is no CustomResourceDefinition in the files given with --crd'] : errors,
  };
}

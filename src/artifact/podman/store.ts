import { access, constants, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '#foundation/index.ts';
import { type Digest, parseDigest } from '#model/index.ts';
import { asArray, asObject, asText, asTexts } from '../image/json.ts';
import { unreadableFile } from '../members/members.ts';
import { asImageId, namesImage } from '../reference/local-names.ts';
import { type TargetError, targetError } from '../target-error.ts';

/** One graph driver's part of a containers/storage directory. */
export interface GraphStore {
  readonly root: string;
  readonly driver: GraphDriver;
}

/** `overlay` keeps what each layer changed, `vfs` a whole copy of the tree for each layer. */
type GraphDriver = 'overlay' | 'vfs';

export interface StoredImage {
  readonly id: string;
  readonly names: readonly string[];
  readonly digests: readonly string[];
  /** Id of the top layer; absent for an image without layers. */
  readonly topLayer?: string;
}

export interface StoredLayer {
  readonly id: string;
  readonly parent?: string;
  readonly diffId?: Digest;
  readonly size?: number;
}

const DRIVERS: readonly GraphDriver[] = ['overlay', 'vfs'];
const MAX_LIST_BYTES = 256 * 1024 * 1024;
const MAX_LAYERS = 4096;

/** The stores of a directory; none when nobody ever stored anything there. */
export async function graphStores(root: string): Promise<Result<readonly GraphStore[], TargetError>> {
  const stores: GraphStore[] = [];
  for (const driver of DRIVERS) {
    const list = join(root, `${driver}-images`, 'images.json');
    const fault = await access(list, constants.R_OK).then(
      () => undefined,
      (cause: unknown) => unreadableFile(list, cause),
    );
    if (fault === undefined) stores.push({ root, driver });
    else if (fault.error.code !== 'not-found') return fault;
  }
  return ok(stores);
}

/** The image that the user means, by name, by name with digest, or by id. */
export async function findStoredImage(store: GraphStore, typed: string): Promise<Result<StoredImage, TargetError>> {
  const list = await readList(join(store.root, `${store.driver}-images`, 'images.json'));
  if (!list.ok) return list;
  const images = list.value.map(parseStoredImage).filter((image) => image !== undefined);
  const byName = images.filter((image) => isNamed(image, typed));
  const id = asImageId(typed);
  const found = byName.length > 0 || id === undefined ? byName : images.filter((image) => image.id.startsWith(id));
  const [first] = found;
  if (!first) return targetError('not-found', `${store.root} does not hold ${typed}`);
  return found.length === 1
    ? ok(first)
    : targetError(
        'usage',
        `${typed} stands for ${found.length} images in ${store.root}; write its full name or more of its id`,
      );
}

function isNamed(image: StoredImage, typed: string): boolean {
  const at = typed.indexOf('@');
  if (at < 0) return image.names.some((name) => namesImage(name, typed));
  // With a digest the tag says nothing: the repository and the content have to be right.
  const repository = repositoryOf(typed.slice(0, at));
  const digest = typed.slice(at + 1);
  return image.digests.includes(digest) && image.names.some((name) => namesImage(repositoryOf(name), repository));
}

function repositoryOf(name: string): string {
  const bare = name.split('@')[0] ?? '';
  return bare.lastIndexOf(':') > bare.lastIndexOf('/') ? bare.slice(0, bare.lastIndexOf(':')) : bare;
}

function parseStoredImage(value: unknown): StoredImage | undefined {
  const image = asObject(value);
  const id = asText(image['id']);
  if (id === undefined || !isId(id)) return undefined;
  const topLayer = asText(image['layer']);
  const digest = asText(image['digest']);
  const others = Object.entries(asObject(image['big-data-digests'])).flatMap(([name, value]) =>
    name.startsWith('manifest') ? asTexts(value) : [],
  );
  const digests = [...new Set([...(digest === undefined ? [] : [digest]), ...others])];
  return { id, names: asTexts(image['names']), digests, ...(topLayer !== undefined && isId(topLayer) && { topLayer }) };
}

/** The image's layers, bottom first. */
export async function storedLayers(
  store: GraphStore,
  { topLayer }: StoredImage,
): Promise<Result<readonly StoredLayer[], TargetError>> {
  const byId = new Map<string, StoredLayer>();
  for (const file of ['layers.json', 'volatile-layers.json']) {
    const list = await readList(join(store.root, `${store.driver}-layers`, file));
    if (!list.ok && list.error.code !== 'not-found') return list;
    for (const layer of (list.ok ? list.value : []).map(parseStoredLayer)) if (layer) byId.set(layer.id, layer);
  }
  const layers: StoredLayer[] = [];
  for (let id = topLayer; id !== undefined; id = layers.at(-1)?.parent) {
    const layer = byId.get(id);
    if (!layer || layers.length >= MAX_LAYERS)
      return targetError(
        'invalid',
        `${store.root}: the layer ${id} is missing from the store, or its parents go in a circle`,
      );
    layers.push(layer);
  }
  return ok(layers.reverse());
}

function parseStoredLayer(value: unknown): StoredLayer | undefined {
  const layer = asObject(value);
  const id = asText(layer['id']);
  if (id === undefined || !isId(id)) return undefined;
  const parent = asText(layer['parent']);
  const diffId = parseDigest(asText(layer['diff-digest']) ?? '');
  const size = layer['diff-size'];
  return {
    id,
    ...(parent !== undefined && isId(parent) && { parent }),
    ...(diffId.ok && { diffId: diffId.value }),
    ...(typeof size === 'number' && { size }),
  };
}

/** Ids become directory names. */
function isId(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** A document that belongs to an image, by the name that containers/storage gives its file. */
export async function readBigData(
  store: GraphStore,
  image: StoredImage,
  name: string,
  maxBytes: number,
): Promise<Result<Uint8Array, TargetError>> {
  const fileName = /^[a-z0-9.]+$/.test(name) ? name : `=${Buffer.from(name).toString('base64')}`;
  return readBounded(join(store.root, `${store.driver}-images`, image.id, fileName), maxBytes);
}

async function readList(path: string): Promise<Result<readonly unknown[], TargetError>> {
  const bytes = await readBounded(path, MAX_LIST_BYTES);
  if (!bytes.ok) return bytes;
  try {
    return ok(asArray(JSON.parse(Buffer.from(bytes.value).toString('utf8'))));
  } catch {
    return targetError('invalid', `${path} is damaged: it is no JSON`);
  }
}

async function readBounded(path: string, maxBytes: number): Promise<Result<Uint8Array, TargetError>> {
  try {
    const { size } = await stat(path);
    return size > maxBytes
      ? targetError('invalid', `${path} has ${size} bytes; more than ${maxBytes} are not read`)
      : ok(await readFile(path));
  } catch (cause) {
    return unreadableFile(path, cause);
  }
}

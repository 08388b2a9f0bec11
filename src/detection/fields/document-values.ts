/** Documents of JSON are read by path; what is not there is `undefined`. */
export function isDocument(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function at(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const key of path) {
    if (Array.isArray(value) && /^\d{1,6}$/.test(key)) value = value[Number(key)];
    else if (isDocument(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

/** A value as text: scalars as they are, the others as JSON. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The items of a list as texts; a value that is none is a list of one. */
export function listAt(document: unknown, path: readonly string[]): readonly string[] | undefined {
  const value = at(document, path);
  if (value === undefined || value === null) return undefined;
  return (Array.isArray(value) ? value : [value]).flatMap((item) => textOf(item) ?? []);
}

/** What stands at a path that leads through lists: of each of their items, in order, `undefined` where one has it not. */
export function partsAt(document: unknown, path: readonly string[]): readonly unknown[] | undefined {
  let values: readonly unknown[] = [document];
  for (const key of path) {
    values = values.flatMap((value) => {
      const items = Array.isArray(value) ? value : [value];
      return items.map((item) => at(item, [key]));
    });
    if (values.length === 0 || values.length > MAX_PARTS || values.every((value) => value === undefined))
      return undefined;
  }
  return values.flatMap((value) => (Array.isArray(value) ? value : [value]));
}

const MAX_PARTS = 10_000;

/** `docker.io/library/nginx:1.27@sha256:...` is `docker.io/library/nginx`. */
export function repositoryOf(image: string): string {
  const name = image.split('@', 1)[0] ?? image;
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

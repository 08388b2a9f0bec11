/** Examples of checks: states of clusters with the kinds that matter. */
export function cluster(objects: Readonly<Record<string, readonly object[]>>, more: object = {}): string {
  const head = { schema: 'plimsoll.cluster.v1', collectedAt: '2026-11-24T00:00:00Z', name: 'example' };
  return JSON.stringify({ ...head, version: 'v1.36.2', ...more, objects }, null, 1);
}

export function named(name: string, more: object = {}, namespace?: string): object {
  return { metadata: { name, ...(namespace !== undefined && { namespace }) }, ...more };
}

export function node(
  name: string,
  kubeletVersion: string,
  more: { readonly labels?: object; readonly spec?: object } = {},
): object {
  const { labels = {}, spec = {} } = more;
  return { metadata: { name, labels }, spec, status: { nodeInfo: { kubeletVersion } } };
}

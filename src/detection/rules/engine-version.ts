/** The version of Falco's engine whose language this is. */
export const ENGINE_VERSION = [0, 63, 0] as const;

/** Plugins of Falco's whose fields and events are built in. */
export const knownPlugins: ReadonlySet<string> = new Set(['container', 'k8saudit', 'json']);

export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < 3; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

import { isObject, type JsonObject } from '#manifests/index.ts';

/**
 * An object as an API server keeps one of its own kinds: it decodes them into structures, in which a member that is null (`annotations:`
 * with nothing behind it) is one that is not there. Custom resources keep their nulls. The same object where there is none.
 */
export function withoutNulls(json: JsonObject): JsonObject {
  const entries = Object.entries(json);
  const kept = entries.flatMap(([name, value]): [string, unknown][] =>
    value === null ? [] : [[name, cleaned(value)]],
  );
  const isSame = kept.length === entries.length && kept.every(([name, value]) => value === json[name]);
  return isSame ? json : Object.fromEntries(kept);
}

function cleaned(value: unknown): unknown {
  if (isObject(value)) return withoutNulls(value);
  if (!Array.isArray(value)) return value;
  const items = value.map(cleaned);
  return items.every((item, index) => item === value[index]) ? value : items;
}

/** `apps`, `networking.k8s.io`; other groups are somebody's own. */
export function isBuiltInGroup(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}

import type { AnchorHit } from '#artifact/index.ts';
import type { SecretSettings } from '../settings/settings.ts';
import { compileRules } from './rule-set.ts';
import { type Found, searchSecrets } from './search.ts';

/** Searches what no walk has looked at for anchors. Rules are compiled once for the same settings. */
export function openSearch(settings: SecretSettings): (path: string, bytes: Uint8Array) => Found {
  const known = opened.get(settings);
  if (known !== undefined) return known;
  const rules = compileRules(settings);
  const search = (path: string, bytes: Uint8Array) => {
    const hits: AnchorHit[] = [];
    rules.search.find(bytes, (anchor, offset) => hits.push({ anchor, offset }));
    return searchSecrets(rules, path, bytes, hits);
  };
  opened.set(settings, search);
  return search;
}

const opened = new WeakMap<SecretSettings, (path: string, bytes: Uint8Array) => Found>();

export const kinds = ['repository', 'workload', 'host', 'project'] as const;
export type AssetKind = (typeof kinds)[number];

/** What of the screen stands in its address. */
export interface InventorySearch {
  /** What is looked for: the name of a package, or part of the name of an asset. */
  readonly find?: string;
  /** Absent: of every kind. */
  readonly kind?: AssetKind;
  /** Id of the team that owns it. */
  readonly team?: string;
  readonly unowned?: true;
  /** The list of clusters, in place of assets. */
  readonly clusters?: true;
}

export function readInventorySearch({
  find,
  kind,
  team,
  unowned,
  clusters,
}: Readonly<Record<string, unknown>>): InventorySearch {
  const known = kinds.find((one) => one === kind);
  return {
    ...((typeof find === 'string' || typeof find === 'number') && { find: String(find).slice(0, 200) }),
    ...(known && { kind: known }),
    ...(typeof team === 'string' && /^[0-9a-f-]{36}$/.test(team) && { team }),
    ...(unowned === true && { unowned: true }),
    ...(clusters === true && { clusters: true }),
  };
}

const tabs = ['findings', 'layers', 'tags', 'versions', 'packages', 'running', 'facts'] as const;
export type AssetTab = (typeof tabs)[number];

export interface AssetSearch {
  readonly tab?: AssetTab;
  /** The version that is looked at; absent: the newest. */
  readonly version?: number;
}

export function readAssetSearch({ tab, version }: Readonly<Record<string, unknown>>): AssetSearch {
  const known = tabs.find((one) => one === tab);
  return {
    ...(known && { tab: known }),
    ...(Number.isSafeInteger(version) && { version: Number(version) }),
  };
}

/** What of the screen stands in its address. */
export interface MapSearch {
  /** Id of a cluster; absent: the first. */
  readonly cluster?: string;
  readonly view?: 'table';
  /** Only what is reached from the internet. */
  readonly exposed?: true;
}

export function readMapSearch({ cluster, view, exposed }: Readonly<Record<string, unknown>>): MapSearch {
  return {
    ...(typeof cluster === 'string' && /^[0-9a-f-]{36}$/.test(cluster) && { cluster }),
    ...(view === 'table' && { view: 'table' as const }),
    ...((exposed === true || exposed === 'true') && { exposed: true as const }),
  };
}

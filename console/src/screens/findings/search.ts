/** What of the screen stands in its address: a link shows somebody else the same. */
export interface FindingsSearch {
  /** docs/reference/finding-query.md */
  readonly filter?: string;
  /** `rank`, or `-seen` for the other way round. */
  readonly sort?: string;
  /** Id of the finding beside the list. */
  readonly open?: string;
  /** Id of the saved view from which the filter came. */
  readonly view?: string;
}

export function readFindingsSearch(search: Readonly<Record<string, unknown>>): FindingsSearch {
  const text = (name: string) => {
    const value = search[name];
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? { [name]: String(value) } : {};
  };
  return { ...text('filter'), ...text('sort'), ...text('open'), ...text('view') };
}

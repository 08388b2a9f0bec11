/** What of the screen stands in its address. */
export interface PipelinesSearch {
  readonly tab?: 'registries';
  /** Id of the registry whose images are shown. */
  readonly open?: string;
}

export function readPipelinesSearch({ tab, open }: Readonly<Record<string, unknown>>): PipelinesSearch {
  const isOpen = typeof open === 'string' && /^[0-9a-f-]{36}$/.test(open);
  return tab === 'registries' ? { tab, ...(isOpen && { open }) } : {};
}

interface Brought {
  readonly part: string;
  readonly packages: number;
  readonly findings: number;
}

/** What all layers of a part brought together. */
export function sumOf(
  layers: readonly Brought[],
  part: 'base' | 'own',
): { readonly packages: number; readonly findings: number } {
  const mine = layers.filter((layer) => layer.part === part);
  return {
    packages: mine.reduce((sum, { packages }) => sum + packages, 0),
    findings: mine.reduce((sum, { findings }) => sum + findings, 0),
  };
}

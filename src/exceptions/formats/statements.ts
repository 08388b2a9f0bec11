import type { ExportedException } from './exported.ts';

/** A vulnerability that an exception hides, and where. */
export interface HiddenVulnerability {
  readonly rule: string;
  /** Products by their identifiers, with the package URLs in them. */
  readonly assets: ReadonlyMap<string, ReadonlySet<string>>;
}

export function vulnerabilitiesOf({ findings }: ExportedException): readonly HiddenVulnerability[] {
  const rules = new Map<string, Map<string, Set<string>>>();
  for (const { kind, rule, subject, asset } of findings) {
    if (kind !== 'vulnerability') continue;
    const assets = rules.get(rule) ?? new Map<string, Set<string>>();
    const product = productId(asset);
    const packages = assets.get(product) ?? new Set<string>();
    if (subject.startsWith('pkg:')) packages.add(subject);
    rules.set(rule, assets.set(product, packages));
  }
  return [...rules].map(([rule, assets]) => ({ rule, assets }));
}

/** A package URL of the type for OCI artifacts; its name is the last part of the repository. */
function productId({ kind, name }: { readonly kind: string; readonly name: string }): string {
  if (kind !== 'repository') return `artifact:${kind}/${encodeURIComponent(name)}`;
  return `pkg:oci/${encodeURIComponent(name.slice(name.lastIndexOf('/') + 1).toLowerCase())}?repository_url=${encodeURIComponent(name)}`;
}

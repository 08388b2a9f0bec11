import type { Assembly, VisibleFragment } from '../../cataloger.ts';
import type { VcpkgParagraph } from './parse.ts';

type Visible = VisibleFragment<{ readonly paragraphs: readonly VcpkgParagraph[] }>;

/** What one database says in the end: updates come after the file that they update, each later word replaces the one before. */
export function installedIn(files: readonly Visible[]): Assembly['packages'][number][] {
  const sorted = [...files].sort((a, b) => order(a.path) - order(b.path));
  const last = new Map<string, { paragraph: VcpkgParagraph; visible: Visible }>();
  const needs = new Map<string, Set<string>>();
  for (const visible of sorted) {
    for (const paragraph of visible.fragment.paragraphs) {
      const key = keyOf(paragraph);
      if (paragraph.feature === undefined) last.set(key, { paragraph, visible });
      const known = needs.get(key) ?? new Set();
      needs.set(key, known);
      for (const need of paragraph.needs) known.add(need);
    }
  }
  const installed = new Map([...last].filter(([, { paragraph }]) => paragraph.isInstalled));
  return [...installed].map(([key, { paragraph, visible }]) => ({
    package: {
      type: 'vcpkg' as const,
      name: paragraph.name,
      version: paragraph.version,
      licences: [],
      dependencies: [...(needs.get(key) ?? [])].sort().flatMap((need) => {
        const found = installed.get(keyOf({ ...paragraph, name: need }))?.paragraph;
        return found === undefined || need === paragraph.name ? [] : [`${found.name}@${found.version}`];
      }),
      qualifiers: { triplet: paragraph.triplet, ...(paragraph.portVersion && { port_version: paragraph.portVersion }) },
    },
    path: visible.path,
    layer: visible.layer,
  }));
}

/** The file itself first; updates are numbered. */
function order(path: string): number {
  return path.endsWith('status') ? -1 : Number(path.slice(path.lastIndexOf('/') + 1));
}

function keyOf({ name, triplet }: VcpkgParagraph): string {
  return `${name}:${triplet}`;
}

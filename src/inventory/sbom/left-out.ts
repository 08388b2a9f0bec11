import type { Problem } from '#foundation/index.ts';
import type { SbomComponent } from './document.ts';
import type { WhyLeftOut } from './foreign-package.ts';

const MAX_EXAMPLES = 5;
const MAX_EXAMPLE_LENGTH = 120;

/** Counts the components that are not in the inventory, and names the first of each kind. */
export class LeftOut {
  readonly #groups = new Map<WhyLeftOut | 'no-package', { count: number; readonly examples: string[] }>();

  add(why: WhyLeftOut | 'no-package', { name, version, purl }: SbomComponent): void {
    const group = this.#groups.get(why) ?? { count: 0, examples: [] };
    this.#groups.set(why, group);
    group.count++;
    const example =
      (why === 'no-purl' || why === 'no-package' ? [name, version].filter(Boolean).join(' ') : purl) ?? name;
    if (group.examples.length < MAX_EXAMPLES) group.examples.push(example.slice(0, MAX_EXAMPLE_LENGTH));
  }

  problems(): Problem[] {
    return [...this.#groups].map(([why, { count, examples }]) => ({
      code: `sbom-component-${why}`,
      message: messages[why],
      effect: why === 'no-package' ? 'note' : 'incomplete',
      subject: examples.join(', ') + (count > examples.length ? ', …' : ''),
      ...(count > 1 && { count }),
    }));
  }
}

const messages: Readonly<Record<WhyLeftOut | 'no-package', string>> = {
  'no-purl':
    'Components of the SBOM have no package URL, so that nothing tells their ecosystem; they are not assessed. Make the SBOM with a tool that writes package URLs.',
  'purl-invalid': 'Components of the SBOM have a package URL that cannot be read; they are not assessed.',
  'type-unknown': 'Components of the SBOM are of ecosystems that are not known here; they are not assessed.',
  'no-package': 'Components of the SBOM are files, data or sources and not packages; they are not listed.',
};

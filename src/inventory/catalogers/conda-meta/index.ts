import type { Assembly, Cataloger, VisibleFragment } from '../../cataloger.ts';
import { type RecordsFragment, recordCataloger } from '../records.ts';
import { parseCondaMeta } from './parse.ts';

const maxBytes = 32 * 1024 * 1024;

const records = recordCataloger({
  id: 'conda-meta',
  title: 'Installed conda packages by their conda-meta records',
  references: [
    'https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html',
    'https://docs.conda.io/projects/conda/en/stable/dev-guide/deep-dives/install.html',
  ],
  maturity: 'stable',
  type: 'conda',
  evidence: 'installed',
  revision: 1,
  // Environments lie anywhere, and to ask for every JSON file of an image would cost too much. Most records end with the
  // number of the build, `numpy-1.26.4-py311h24aa872_0.json`; the history names the others, `python-3.11.7-h00_0_cpython`.
  files: [
    ...[...'0123456789'].map((digit) => ({ kind: 'suffix', suffix: `${digit}.json`, maxBytes }) as const),
    { kind: 'suffix', suffix: '_cpython.json', maxBytes },
    { kind: 'suffix', suffix: 'conda-meta/history', maxBytes },
  ],
  parse: parseCondaMeta,
});

/** Packages as conda, mamba and pixi record them in an environment. */
export const condaMeta: Cataloger<RecordsFragment> = { ...records, assemble };

/** What the history names is taken where there is no record of it. */
function assemble(fragments: readonly VisibleFragment<RecordsFragment>[]): Assembly {
  const { packages, problems } = records.assemble(fragments, {});
  const recorded = new Set(packages.filter((found) => !isHistory(found.path)).map(identity));
  return { packages: packages.filter((found) => !isHistory(found.path) || !recorded.has(identity(found))), problems };
}

function isHistory(path: string): boolean {
  return path.endsWith('/history');
}

function identity({ path, package: { name, version } }: Assembly['packages'][number]): string {
  return `${path.slice(0, path.lastIndexOf('/'))}\0${name}\0${version}`;
}

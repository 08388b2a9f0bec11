import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { constrained, type RequirementsFile } from './constrained.ts';
import { parseRequirements } from './parse.ts';

type RequirementsFragment = Omit<RequirementsFile, 'path'>;

const maxBytes = 4 * 1024 * 1024;
const NAMES = [
  'base',
  'build',
  'ci',
  'common',
  'dev',
  'development',
  'docs',
  'lint',
  'local',
  'prod',
  'production',
  'test',
  'testing',
  'tests',
];

/** What pip is told to install; constraints that are included say which version. */
export const pipRequirements: Cataloger<RequirementsFragment> = {
  id: 'pip-requirements',
  title: 'Python packages in requirements files of pip',
  references: [
    'https://pip.pypa.io/en/stable/reference/requirements-file-format/',
    'https://packaging.python.org/en/latest/specifications/dependency-specifiers/',
  ],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'suffix', suffix: 'requirements.txt', maxBytes },
    { kind: 'suffix', suffix: 'constraints.txt', maxBytes },
    { kind: 'prefix', prefix: 'requirements', maxBytes },
    { kind: 'prefix', prefix: 'constraints', maxBytes },
    ...NAMES.map((name) => ({ kind: 'suffix', suffix: `requirements/${name}.txt`, maxBytes }) as const),
  ],
  read,
  assemble,
};

function read(file: InputFile): Reading<RequirementsFragment> {
  if (file.size === 0 || !/\.(?:txt|in)$/.test(file.path)) return { problems: [] };
  const { problems, ...fragment } = parseRequirements(file);
  const { packages, includes, constraints } = fragment;
  const saysNothing = packages.length + includes.length + constraints.length === 0;
  return saysNothing ? { problems } : { fragment, problems };
}

function assemble(fragments: readonly VisibleFragment<RequirementsFragment>[]): Assembly {
  const layerOf = attribution<RequirementsFragment>(({ packages }) => packages.map(recordKey));
  const versions = constrained(fragments.map(({ path, fragment }) => ({ path, ...fragment })));
  const packages = fragments.flatMap((visible) =>
    (versions.get(visible.path) ?? []).map((record, index) => ({
      package: { type: 'pypi' as const, licences: [], ...record },
      path: visible.path,
      layer: layerOf(visible, recordKey(visible.fragment.packages[index] ?? record)),
    })),
  );
  return { packages, problems: [] };
}

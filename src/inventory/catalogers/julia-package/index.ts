import { recordCataloger } from '../records.ts';
import { parseProject } from './parse.ts';

/** Julia packages in a depot, and those of its standard library that have a version of their own. */
export const juliaPackage = recordCataloger({
  id: 'julia-package',
  title: 'Installed Julia packages in depots',
  references: ['https://pkgdocs.julialang.org/v1/toml-files/#Project.toml', 'https://pkgdocs.julialang.org/v1/depots/'],
  maturity: 'stable',
  type: 'julia',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'name', name: 'Project.toml', maxBytes: 16 * 1024 * 1024 },
    { kind: 'name', name: 'JuliaProject.toml', maxBytes: 16 * 1024 * 1024 },
  ],
  parse: parseProject,
});

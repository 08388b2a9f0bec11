import { lockCataloger } from '../manifest.ts';
import { parseManifest, parseProject } from './parse.ts';

const maxBytes = 16 * 1024 * 1024;

/** What Julia's package manager resolved for an environment; the Project.toml beside it tells which of it by name. */
export const juliaManifest = lockCataloger({
  id: 'julia-manifest',
  title: 'Julia packages in Manifest.toml',
  references: ['https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml'],
  maturity: 'stable',
  type: 'julia',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'Manifest.toml', maxBytes },
    { kind: 'prefix', prefix: 'Manifest-v', maxBytes },
    { kind: 'name', name: 'JuliaManifest.toml', maxBytes },
    { kind: 'name', name: 'Project.toml', maxBytes },
    { kind: 'name', name: 'JuliaProject.toml', maxBytes },
  ],
  parse: parseManifest,
  isManifest: (path) => path.endsWith('Project.toml'),
  parseAsked: parseProject,
});

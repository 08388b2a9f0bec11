import { recordCataloger } from '../records.ts';
import { parseManifest } from './parse.ts';

const maxBytes = 16 * 1024 * 1024;

/** What Julia's package manager resolved for an environment. */
export const juliaManifest = recordCataloger({
  id: 'julia-manifest',
  title: 'Julia packages in Manifest.toml',
  references: ['https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml'],
  maturity: 'stable',
  type: 'julia',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'Manifest.toml', maxBytes },
    { kind: 'name', name: 'JuliaManifest.toml', maxBytes },
  ],
  parse: parseManifest,
});

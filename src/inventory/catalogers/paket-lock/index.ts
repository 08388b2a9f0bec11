import { lockCataloger } from '../manifest.ts';
import { parsePaketLock, parsePaketRequests } from './parse.ts';

/** What Paket resolved for a .NET solution, group by group. */
export const paketLock = lockCataloger({
  id: 'paket-lock',
  title: 'NuGet packages in paket.lock',
  references: [
    'https://fsprojects.github.io/Paket/lock-file.html',
    'https://fsprojects.github.io/Paket/references-files.html',
  ],
  maturity: 'stable',
  type: 'nuget',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'paket.lock', maxBytes: 16 * 1024 * 1024 },
    { kind: 'name', name: 'paket.dependencies', maxBytes: 4 * 1024 * 1024 },
    { kind: 'name', name: 'paket.references', maxBytes: 4 * 1024 * 1024 },
  ],
  parse: parsePaketLock,
  isManifest: (path) => !path.endsWith('paket.lock'),
  parseAsked: parsePaketRequests,
  nameKey: (name) => name.toLowerCase(),
});

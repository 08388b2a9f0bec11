import { recordCataloger } from '../records.ts';
import { parseDeps } from './parse.ts';

/** What a published .NET application loads at run time, its own runtime included when it brings one. */
export const dotnetDeps = recordCataloger({
  id: 'dotnet-deps',
  title: 'NuGet packages of published .NET applications in *.deps.json',
  references: [
    'https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md#appnamedepsjson',
  ],
  maturity: 'stable',
  type: 'nuget',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'suffix', suffix: '.deps.json', maxBytes: 64 * 1024 * 1024 }],
  parse: parseDeps,
});

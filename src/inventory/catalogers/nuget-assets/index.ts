import { recordCataloger } from '../records.ts';
import { parseAssets } from './parse.ts';

/** What the last restore of a .NET project resolved; lies in its `obj` directory. */
export const nugetAssets = recordCataloger({
  id: 'nuget-assets',
  title: 'NuGet packages in project.assets.json',
  references: ['https://learn.microsoft.com/en-us/nuget/concepts/dependency-resolution'],
  maturity: 'stable',
  type: 'nuget',
  evidence: 'declared',
  revision: 2,
  files: [{ kind: 'name', name: 'project.assets.json', maxBytes: 128 * 1024 * 1024 }],
  parse: parseAssets,
});

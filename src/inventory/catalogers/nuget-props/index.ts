import { recordCataloger } from '../records.ts';
import { parseProps } from './parse.ts';

/** The versions that a whole solution of .NET projects shares. */
export const nugetProps = recordCataloger({
  id: 'nuget-props',
  title: 'NuGet packages in Directory.Packages.props and *.Packages.props',
  references: ['https://learn.microsoft.com/en-us/nuget/consume-packages/central-package-management'],
  maturity: 'stable',
  type: 'nuget',
  evidence: 'declared',
  revision: 2,
  files: [{ kind: 'suffix', suffix: 'Packages.props', maxBytes: 16 * 1024 * 1024 }],
  parse: parseProps,
});

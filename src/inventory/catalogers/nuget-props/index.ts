import { directoriesAbove, requestCataloger } from '../requests.ts';
import { parseProps } from './parse.ts';

const PROJECTS = ['.csproj', '.fsproj', '.vbproj'];

/** The versions that a whole solution of .NET projects shares; where the projects are at hand, they tell which of it they use. */
export const nugetProps = requestCataloger({
  id: 'nuget-props',
  title: 'NuGet packages in Directory.Packages.props and *.Packages.props',
  references: ['https://learn.microsoft.com/en-us/nuget/consume-packages/central-package-management'],
  maturity: 'stable',
  type: 'nuget',
  evidence: 'declared',
  revision: 3,
  files: [
    { kind: 'suffix', suffix: 'Packages.props', maxBytes: 16 * 1024 * 1024 },
    ...PROJECTS.map((suffix) => ({ kind: 'suffix', suffix, maxBytes: 16 * 1024 * 1024 }) as const),
  ],
  parse: parseProps,
  isBetter: (path) => PROJECTS.some((suffix) => path.endsWith(suffix)),
  covers: directoriesAbove,
});

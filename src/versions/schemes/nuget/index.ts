import type { VersionScheme } from '../../version-scheme.ts';
import { compareNuget } from './compare.ts';

export const nuget = {
  id: 'nuget',
  title: 'NuGet package versions, as the NuGet client orders them',
  references: ['https://learn.microsoft.com/nuget/concepts/package-versioning'],
  maturity: 'incubating',
  compare: compareNuget,
} as const satisfies VersionScheme;

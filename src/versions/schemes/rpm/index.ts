import type { VersionScheme } from '../../version-scheme.ts';
import { compareRpm } from './compare.ts';

export const rpm = {
  id: 'rpm',
  title: 'RPM package versions, [epoch:]version[-release], as rpm orders them',
  references: [
    'https://rpm.org/docs/latest/man/rpm-version.7',
    'https://fedoraproject.org/wiki/Archive:Tools/RPM/VersionComparison',
  ],
  maturity: 'stable',
  compare: compareRpm,
} as const satisfies VersionScheme;

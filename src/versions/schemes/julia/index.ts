import type { VersionScheme } from '../../version-scheme.ts';
import { compareJulia } from './compare.ts';

export const julia = {
  id: 'julia',
  title: 'Julia package versions, as VersionNumber orders them: builds count',
  references: ['https://docs.julialang.org/en/v1/manual/strings/#man-version-number-literals'],
  maturity: 'incubating',
  compare: compareJulia,
} as const satisfies VersionScheme;

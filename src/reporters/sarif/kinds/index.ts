import type { Finding } from '#scan/index.ts';
import type { Described } from './described.ts';
import { describeLicence } from './licence.ts';
import { describeMalware } from './malware.ts';
import { describeMisconfiguration } from './misconfiguration.ts';
import { describeSecret } from './secret.ts';
import { describeVulnerability } from './vulnerability.ts';

export type { Described, DescribedRule } from './described.ts';

export function describe(one: Finding): Described {
  switch (one.kind) {
    case 'vulnerability':
      return describeVulnerability(one);
    case 'secret':
      return describeSecret(one);
    case 'malware':
      return describeMalware(one);
    case 'misconfiguration':
      return describeMisconfiguration(one);
    default:
      return describeLicence(one);
  }
}

/** Without describing it whole: large reports are sorted by it first. */
export function ruleIdOf(one: Finding): string {
  if (one.kind === 'vulnerability') return one.id;
  return one.kind === 'licence' ? `licence/${one.category}` : `${one.kind}/${one.id}`;
}

import type { FileLocation, FindingBase, InstalledPackage } from '#model/index.ts';
import type { Subject } from '../subject.ts';
import type { PolicyDecision } from './verdict.ts';

/** A decision of a policy as exceptions see it: by the policy's name, the object, its file, and the package of the finding behind it. */
export interface Denial extends FindingBase {
  readonly kind: 'policy';
  readonly resource: { readonly kind: string; readonly name: string };
  readonly location: FileLocation;
  readonly package?: InstalledPackage;
  readonly fingerprint?: string;
}

export function denialOf(decision: PolicyDecision, file: string, finding?: Subject): Denial {
  const [kind = '', ...name] = decision.object.split(' ');
  return {
    kind: 'policy',
    id: decision.policy,
    severity: decision.severity,
    resource: { kind: kind.split('/').at(-1) ?? kind, name: name.join(' ') },
    location: finding?.locations[0] ?? { path: file },
    ...(finding?.package && { package: finding.package }),
    ...(finding?.fingerprint !== undefined && { fingerprint: finding.fingerprint }),
  };
}

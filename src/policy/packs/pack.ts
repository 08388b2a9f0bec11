import type { Unit } from '#model/index.ts';

/** Policies that belong together. Those of its own lie in `content/policies/<id>/`, one folder each. */
export interface PolicyPack extends Pick<Unit, 'id' | 'title' | 'references'> {
  /** Packs whose policies hold with it. */
  readonly includes: readonly string[];
  /** Policies of included packs that stricter ones of its own take the place of. */
  readonly replaces: readonly string[];
}

export const policyPacks: readonly PolicyPack[] = [
  {
    id: 'build-gate',
    title: 'What an image must be before it leaves the build',
    references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
    includes: [],
    replaces: [],
  },
  {
    id: 'deploy-gate',
    title: 'What a manifest must say before it is applied',
    references: ['https://csrc.nist.gov/pubs/sp/800/190/final', 'https://kubernetes.io/docs/concepts/security/'],
    includes: [],
    replaces: [],
  },
  {
    id: 'image-trust',
    title: 'Where images may come from and what has to prove it; what is not known counts as no',
    references: ['https://slsa.dev/spec/v1.0/', 'https://github.com/in-toto/attestation'],
    includes: [],
    replaces: [],
  },
  {
    id: 'pod-security-baseline',
    title: 'The Pod Security Standards of Kubernetes 1.37, level baseline',
    references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    includes: [],
    replaces: [],
  },
  {
    id: 'pod-security-restricted',
    title: 'The Pod Security Standards of Kubernetes 1.37, level restricted',
    references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
    includes: ['pod-security-baseline'],
    replaces: ['host-path-volumes', 'seccomp-baseline', 'capabilities-baseline', 'proc-mount-baseline'],
  },
];

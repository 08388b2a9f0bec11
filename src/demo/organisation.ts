import type { OwnershipRule } from '#findings/index.ts';
import type { Role } from '#identity/index.ts';

/** Where the images of the made-up organisation lie. Names under `.example` belong to nobody (RFC 2606). */
export const registry = 'registry.demo.example';

/** A team, how soon it renews what it builds from, and how much of its work is in which language. */
export interface DemoTeam {
  readonly name: string;
  /** Days between two builds of an image. */
  readonly rhythm: number;
  /** Of what has to be done, the part that is done in time. */
  readonly diligence: number;
  readonly stacks: Readonly<Record<Stack, number>>;
  /** What its services are called. */
  readonly services: readonly string[];
}

export type Stack = 'node' | 'java' | 'python' | 'go';

export const teams: readonly DemoTeam[] = [
  {
    name: 'checkout',
    rhythm: 12,
    diligence: 0.8,
    stacks: { node: 6, java: 2, python: 1, go: 1 },
    services: words('cart order basket coupon shipping invoice returns wishlist gift-card tax receipt pickup'),
  },
  {
    name: 'payments',
    rhythm: 9,
    diligence: 0.9,
    stacks: { node: 1, java: 7, python: 1, go: 2 },
    services: words('ledger card-gateway refund settlement fraud-score payout wallet chargeback billing mandate'),
  },
  {
    name: 'catalogue',
    rhythm: 24,
    diligence: 0.45,
    stacks: { node: 4, java: 3, python: 3, go: 1 },
    services: words('product search pricing media stock review recommendation facet import translation brand'),
  },
  {
    name: 'identity',
    rhythm: 10,
    diligence: 0.85,
    stacks: { node: 2, java: 1, python: 0, go: 6 },
    services: words('login session profile consent directory token audit-trail risk notification'),
  },
  {
    name: 'data',
    rhythm: 30,
    diligence: 0.35,
    stacks: { node: 1, java: 3, python: 7, go: 0 },
    services: words('warehouse-loader feature-store report-builder clickstream forecast quality notebook churn export'),
  },
  {
    name: 'platform',
    rhythm: 14,
    diligence: 0.75,
    stacks: { node: 1, java: 0, python: 2, go: 8 },
    services: words(
      'ingress certificate backup log-shipper metrics node-cleaner dns-cache registry-mirror build-runner',
    ),
  },
];

function words(text: string): readonly string[] {
  return text.split(' ');
}

/** Who works there, by what they do: nobody is meant. */
export interface DemoPerson {
  readonly name: string;
  readonly role: Role;
  /** Undefined: for the whole organisation. */
  readonly team?: string;
}

export const people: readonly DemoPerson[] = [
  { name: 'administrator', role: 'admin' },
  { name: 'security-lead', role: 'approver' },
  { name: 'security-engineer', role: 'security' },
  { name: 'auditor', role: 'viewer' },
  { name: 'platform-engineer', role: 'security', team: 'platform' },
  ...teams.map(({ name }, index): DemoPerson => ({ name: `developer-${index + 1}`, role: 'developer', team: name })),
  ...teams.map(({ name }, index): DemoPerson => ({ name: `developer-${index + 7}`, role: 'developer', team: name })),
  ...teams.map(({ name }): DemoPerson => ({ name: `${name}-lead`, role: 'approver', team: name })),
];

/** Those that `plimsoll demo` prints a link for, and what each is there to try. */
export const guests: readonly { readonly name: string; readonly about: string }[] = [
  { name: 'developer-1', about: 'a developer of the team checkout: its own findings' },
  { name: 'platform-engineer', about: 'a platform engineer: what the team platform runs' },
  { name: 'security-lead', about: 'the security lead: everything, and approves exceptions' },
  { name: 'auditor', about: 'an auditor: reads, changes nothing' },
  { name: 'administrator', about: 'the administrator: people, rights, channels' },
];

export const machines = [
  { name: 'scheduled-scans', role: 'ci' },
  { name: 'build-pipelines', role: 'ci' },
  { name: 'host-agents', role: 'agent' },
] as const satisfies readonly { readonly name: string; readonly role: Role }[];

/** Repositories by their path, workloads by their namespace, machines to the platform team; what is left belongs to nobody, and shows. */
export const ownershipRules: readonly OwnershipRule[] = [
  { kind: 'label', label: 'team' },
  ...teams.map(({ name }): OwnershipRule => ({ kind: 'path', pattern: `${registry}/${name}/**`, team: name })),
  ...teams.map(({ name }): OwnershipRule => ({ kind: 'path', asset: 'workload', pattern: `*/${name}/**`, team: name })),
  { kind: 'path', pattern: `${registry}/base/**`, team: 'platform' },
  { kind: 'path', asset: 'host', pattern: '*-node-*', team: 'platform' },
];

export interface DemoCluster {
  readonly name: string;
  readonly nodes: number;
  readonly exposure: 'internet' | 'internal';
}

export const clusters: readonly DemoCluster[] = [
  { name: 'prod-eu', nodes: 14, exposure: 'internet' },
  { name: 'prod-us', nodes: 12, exposure: 'internet' },
  { name: 'staging', nodes: 8, exposure: 'internal' },
];

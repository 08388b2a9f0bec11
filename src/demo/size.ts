/** How much there is. */
export interface DemoSize {
  readonly repositories: number;
  readonly workloads: number;
  readonly hosts: number;
}

export const sizes = {
  /** What `plimsoll demo` shows: some 20,000 findings. */
  full: { repositories: 200, workloads: 600, hosts: 40 },
  /** For tests that need a little of everything. */
  small: { repositories: 14, workloads: 24, hosts: 5 },
} as const satisfies Readonly<Record<string, DemoSize>>;

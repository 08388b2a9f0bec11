const tabs = ['policies', 'in-force', 'results'] as const;
export type PoliciesTab = (typeof tabs)[number];
const outcomes = ['denied', 'warned', 'allowed', 'not-decided'] as const;
export type Outcome = (typeof outcomes)[number];

/** What of the screen stands in its address. */
export interface PoliciesSearch {
  /** Absent: the policies. */
  readonly tab?: PoliciesTab;
  /** Id of the policy beside the list: `build-gate/no-secrets`. */
  readonly open?: string;
  /** Of results. */
  readonly outcome?: Outcome;
}

export function readPoliciesSearch({ tab, open, outcome }: Readonly<Record<string, unknown>>): PoliciesSearch {
  const known = tabs.find((one) => one === tab);
  const said = outcomes.find((one) => one === outcome);
  return {
    ...(known && { tab: known }),
    ...(typeof open === 'string' && /^[\w-]{1,100}\/[\w.-]{1,200}$/.test(open) && { open }),
    ...(said && { outcome: said }),
  };
}

/** What of the screen stands in its address. */
export interface AlertsSearch {
  /** Also what somebody has dealt with; absent: only what is open. */
  readonly all?: true;
  /** Id of the incident that is told of: of its first alert. */
  readonly open?: string;
}

export function readAlertsSearch({ all, open }: Readonly<Record<string, unknown>>): AlertsSearch {
  return {
    ...((all === true || all === 'true') && { all: true as const }),
    ...(typeof open === 'string' && /^[0-9a-f-]{36}$/.test(open) && { open }),
  };
}

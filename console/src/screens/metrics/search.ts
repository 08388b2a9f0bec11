/** What of the screen stands in its address. */
export interface MetricsSearch {
  readonly tab?: Tab;
  /** Id of a team; absent: all. */
  readonly team?: string;
  /** Days; absent: 90. */
  readonly window?: Window;
  /** Id of the number whose course is shown beside the others. */
  readonly metric?: string;
  /** Id of the objective or campaign beside the list. */
  readonly open?: string;
}

export const tabs = ['numbers', 'objectives', 'campaigns'] as const;
type Tab = (typeof tabs)[number];

export const windows = [30, 90, 365] as const;
export type Window = (typeof windows)[number];
export const DEFAULT_WINDOW: Window = 90;

export function readMetricsSearch(given: Readonly<Record<string, unknown>>): MetricsSearch {
  const { tab, team, window, metric, open } = given;
  const known = tabs.find((one) => one === tab);
  const days = windows.find((one) => String(one) === String(window));
  return {
    ...(known && known !== 'numbers' && { tab: known }),
    ...(isId(team) && { team }),
    ...(days && days !== DEFAULT_WINDOW && { window: days }),
    ...(typeof metric === 'string' && /^[a-z][a-z0-9-]{0,60}$/.test(metric) && { metric }),
    ...(isId(open) && { open }),
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value);
}

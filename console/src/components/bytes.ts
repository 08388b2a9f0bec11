const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1.5 GB`, in powers of 1000. */
export function bytes(count: number): string {
  const power = Math.min(UNITS.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
  const amount = count / 1000 ** power;
  return `${amount < 10 && power > 0 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[power]}`;
}

/** By code unit: the same on every machine, unlike the locale's order. */
export function compareTexts(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

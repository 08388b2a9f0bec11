/** `{ [key]: value }`, or nothing when there is no value to say. */
export function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value ? ({ [key]: value } as { [P in K]?: string }) : {};
}

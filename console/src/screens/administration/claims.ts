/** Lines of `claim: pattern`; undefined when there is none, or one cannot be read. */
export function readClaims(text: string): Readonly<Record<string, string>> | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const claims = lines.map((line) => /^\s*([\w./-]{1,100}):\s*(\S.*)$/.exec(line));
  if (claims.length === 0 || claims.includes(null)) return undefined;
  return Object.fromEntries(claims.map((match) => [match?.[1] ?? '', match?.[2]?.trim() ?? '']));
}

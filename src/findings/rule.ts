/** `CVE-2024-1234`: the name that most publishers share. */
const CVE = /^CVE-\d{4}-\d{4,}$/;

/**
 * The name under which a finding is kept, whatever the tool calls it: its CVE, where it has exactly one. An advisory of a distribution
 * often speaks of several: it keeps its own name, so that one is not taken for another.
 *
 * @param ids the tool's own name first
 */
export function canonicalRule(ids: readonly string[]): string {
  const [own = '', ...others] = ids;
  if (CVE.test(own)) return own;
  const cves = [...new Set(others.filter((id) => CVE.test(id)))];
  return cves.length === 1 && cves[0] !== undefined ? cves[0] : own;
}

/** Those of whose advisories each is about one vulnerability. Distributions speak of several in one. */
const SINGLE = /^(?:GHSA|GO|PYSEC|RUSTSEC|GMS|BIT|HSEC|RSEC|JLSEC|EEF|CURL|PSF)-[\w-]{1,100}$/;

/** Other names that lead to the same rule wherever they are met alone. */
export function aliasesOf(ids: readonly string[]): readonly string[] {
  const rule = canonicalRule(ids);
  return CVE.test(rule) ? [...new Set(ids.filter((id) => id !== rule && SINGLE.test(id)))] : [];
}

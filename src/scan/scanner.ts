/** What a scan looks for. Packages are always listed. */
export type Scanner = 'vulnerability' | 'secret' | 'malware' | 'misconfiguration' | 'licence';

export const allScanners: readonly Scanner[] = ['vulnerability', 'secret', 'malware', 'misconfiguration', 'licence'];

import { linesOf } from '#foundation/documents/index.ts';
import type { RecordCollector } from '../records.ts';

const MAX_PACKAGES = 200_000;

/**
 * What an environment holds after all its transactions: `+conda-forge/linux-64::numpy-1.26.4-py311h_0` came, `-` went. A
 * version of another package of the same name replaces it, which the history writes as both.
 */
export function addHistory(text: string, records: RecordCollector): void {
  const installed = new Map<string, string>();
  for (const line of linesOf(text)) {
    if (line.length > 500 || !/^[+-]/.test(line)) continue;
    const name = line.slice(line.lastIndexOf(':') + 1).replace(/^[+-]/, '');
    if (line.startsWith('-')) installed.delete(name);
    else if (installed.size < MAX_PACKAGES) installed.set(name, line.slice(1, Math.max(1, line.indexOf('::'))));
  }
  for (const [dist, channel] of installed) addDistribution(dist, channel, records);
}

/** `numpy-1.26.4-py311h_0`: neither version nor build have a hyphen. */
function addDistribution(dist: string, channel: string, records: RecordCollector): void {
  const [, name, version, build] = /^(.+)-([^-]+)-([^-]+?)(?:\.conda|\.tar\.bz2)?$/.exec(dist) ?? [];
  if (!name || !version || !build) {
    records.unusable(dist);
    return;
  }
  const place = channel.split('/');
  const subdir = place.length > 1 ? place.pop() : undefined;
  const from = place.at(-1);
  records.add({ name, version, qualifiers: { build, ...(from && { channel: from }), ...(subdir && { subdir }) } });
}

import { asId, asTexts, type JsonObject } from '../../documents/json-values.ts';

const MAX_IDS = 5000;

/** Notices of distributions: one update that fixes any number of vulnerabilities. */
const NOTICE =
  /^(?:DSA|DLA|DTSA|USN|LSN|AL[SBE]A|RL[SBE]A|RXSA|RH[SBE]A|ELSA|MGASA|OESA|SUSE-[A-Z]U|openSUSE-[A-Z]U|openEuler-SA)-/;
/** Notices of updates that are about bugs or features. They are only of interest where they fix a vulnerability besides. */
const BUGFIX = /^(?:AL[BE]A|RL[BE]A|RH[BE]A|SUSE-[A-RT-Z]U|openSUSE-[A-RT-Z]U)-/;
/** A distribution's own page for a CVE: `DEBIAN-CVE-2024-1`, `UBUNTU-CVE-2024-1`, `ALPINE-CVE-2024-1`. */
const DERIVED = /^[A-Za-z]+-(CVE-\d{4}-\d+)$/;
const CVE = /^CVE-\d{4}-\d+$/;

export interface Identity {
  readonly aliases: readonly string[];
  readonly bundles: readonly string[];
}

/**
 * Which other names mean the same vulnerability, and which vulnerabilities a notice fixes. The publishers use the three
 * lists of the schema differently: a notice names its CVEs in `aliases` (old DSA), `upstream` (DSA, DLA, USN, newer RHSA)
 * or `related` (ALSA, RLSA, older RHSA, SUSE); a distribution's CVE page names the CVE in `upstream`.
 */
export function identityOf(id: string, record: JsonObject): Identity {
  const aliases = ids(record['aliases']);
  const upstream = ids(record['upstream']);
  if (NOTICE.test(id)) return { aliases: [], bundles: bundled([...aliases, ...upstream, ...ids(record['related'])]) };
  const derived = DERIVED.exec(id)?.[1];
  const own = new Set([...aliases, ...(derived === undefined ? [] : [derived])]);
  const cves = new Set(upstream.map(asCve).filter((each) => CVE.test(each)));
  if (derived === undefined && own.size === 0 && cves.size > 1) return { aliases: [], bundles: [...cves] };
  if (own.size === 0 && cves.size <= 1) for (const each of upstream) own.add(asCve(each));
  own.delete(id);
  return { aliases: [...own], bundles: [] };
}

/** An update notice that names no vulnerability says nothing about one. */
export function isBugfixOnly(id: string, identity: Identity): boolean {
  return BUGFIX.test(id) && identity.bundles.length === 0;
}

/** CVEs where there are any: the same vulnerabilities often stand beside them under other names (`GO-2024-2687`). */
export function bundled(names: readonly string[]): readonly string[] {
  const all = [...new Set(names.map(asCve))].filter((name) => !NOTICE.test(name));
  const cves = all.filter((name) => CVE.test(name));
  return cves.length > 0 ? cves : all;
}

function asCve(id: string): string {
  return DERIVED.exec(id)?.[1] ?? id;
}

function ids(value: unknown): string[] {
  return asTexts(value, MAX_IDS).filter((text) => asId(text) !== undefined);
}

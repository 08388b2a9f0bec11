import { readFileSync } from 'node:fs';
import type { SecureContext } from 'node:tls';
import { platform } from './platform.ts';

export interface TrustOptions {
  /** PEM certificates to trust beside the system's. */
  readonly ca?: readonly string[];
  /** Trusts those alone: of a server that has an authority of its own, nobody else may speak for it. */
  readonly trustsOnlyGiven?: boolean;
  /** Shown to servers that ask for a client certificate (PEM). */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string };
}

/** Where systems keep their authorities as one file: Debian and Alpine, Fedora and RHEL, SUSE, macOS and the BSDs. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * Builds the TLS context once for a client: Node would otherwise parse all authorities anew for every connection. The
 * system's store counts, as for the container tools, because that is where companies put the CA of their registry and proxy.
 */
export function buildSecureContext({
  ca = [],
  trustsOnlyGiven = false,
  clientCertificate,
}: TrustOptions): SecureContext {
  return platform.tls.createSecureContext({
    minVersion: 'TLSv1.2',
    ca: [...(trustsOnlyGiven ? [] : [...systemCertificates(), ...extraCertificates()]), ...ca],
    ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key }),
  });
}

/** The bundle is read as it is: asking Node for the system's store takes a tenth of a second. */
function systemCertificates(): readonly string[] {
  const { SSL_CERT_FILE: chosen } = process.env;
  for (const path of chosen ? [chosen] : SYSTEM_BUNDLES) {
    const bundle = readBundle(path);
    if (bundle !== undefined) return [bundle];
  }
  return platform.tls.rootCertificates;
}

function readBundle(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return text.includes('-----BEGIN ') ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Those of NODE_EXTRA_CA_CERTS. Older releases of Node that still run us cannot tell them. */
function extraCertificates(): readonly string[] {
  const { getCACertificates } = platform.tls;
  return typeof getCACertificates === 'function' ? getCACertificates('extra') : [];
}

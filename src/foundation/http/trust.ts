import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from 'node:tls';

export interface TrustOptions {
  /** PEM certificates to trust beside Node's own and the system's. */
  readonly ca?: readonly string[];
  /** Shown to servers that ask for a client certificate (PEM). */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string };
}

/**
 * Builds the TLS context once for a client: it holds some 400 certificates, and Node would otherwise parse them anew for
 * every connection. The system's store counts because that is where companies put the CA of their own registry and proxy.
 */
export function buildSecureContext(options: TrustOptions): SecureContext {
  const { ca = [], clientCertificate } = options;
  return createSecureContext({
    minVersion: 'TLSv1.2',
    ca: [...new Set([...trustedCertificates(), ...ca])],
    ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key }),
  });
}

function trustedCertificates(): readonly string[] {
  // Older releases of Node that still run us have only the bundled list.
  if (typeof getCACertificates !== 'function') return rootCertificates;
  return [...getCACertificates('default'), ...getCACertificates('system')];
}

import type { Certified, NewCertificate, NewServerCertificate } from './certificate.ts';

export type { Certified } from './certificate.ts';

/** What makes certificates takes a while to load, and most starts need none. */
const maker = () => import('./issue.ts');

/** A certificate authority of one's own, which signs certificates of servers and no other authorities. */
export async function makeAuthority(wanted: NewCertificate): Promise<Certified> {
  return (await maker()).makeAuthority(wanted);
}

/** A certificate of a server with a new key, signed by the authority. */
export async function issueCertificate(authority: Certified, wanted: NewServerCertificate): Promise<Certified> {
  return (await maker()).issueCertificate(authority, wanted);
}

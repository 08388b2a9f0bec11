import { isIP } from 'node:net';
import { isLoopback } from '#foundation/index.ts';
import { RequestProblem } from '../request-problem.ts';

/** For whom passkeys are: bound to a name by the browser, which no other site can use them for. */
export interface RelyingParty {
  /** A host name. */
  readonly id: string;
  /** Where the page is that asks for them. */
  readonly origin: string;
}

/** Browsers know no passkeys of addresses: on this machine they are for localhost. Throws where the server has no name. */
export function relyingParty(origin: string): RelyingParty {
  const url = new URL(origin);
  if (isIP(url.hostname.replace(/^\[(.*)\]$/, '$1')) === 0) return { id: url.hostname, origin: url.origin };
  if (!isLoopback(url.hostname))
    throw new RequestProblem(
      409,
      'no-host-name',
      'Passkeys need a host name: have the server started with --public-url https://NAME.',
    );
  url.hostname = 'localhost';
  return { id: 'localhost', origin: url.origin };
}

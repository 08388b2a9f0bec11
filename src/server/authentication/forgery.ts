import { RequestProblem } from '../request-problem.ts';
import { isCsrfToken } from './session.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Refuses a change that another site made the browser ask for. Browsers send the cookie by themselves, so it proves who, and these prove
 * that the console itself asks: where the page is from, which pages cannot alter, and a token that pages of others cannot read.
 */
export function refuseForgery(headers: Headers, secret: string): void {
  const token = headers['x-plimsoll-csrf'];
  if (isSameOrigin(headers) === true && typeof token === 'string' && isCsrfToken(token, secret)) return;
  throw new RequestProblem(
    403,
    'forged-request',
    'Changes by a cookie need Origin or Sec-Fetch-Site of this server and the token of GET /api/v1/session in x-plimsoll-csrf.',
  );
}

/** Refuses a page of elsewhere that would sign the browser in as somebody of its choice. Programs say nothing of an origin. */
export function refuseForeignPage(headers: Headers): void {
  if (isSameOrigin(headers) === false)
    throw new RequestProblem(403, 'forged-request', 'A page of another site cannot sign you in here.');
}

/** Undefined when the browser does not say. */
function isSameOrigin({ 'sec-fetch-site': site, origin, host }: Headers): boolean | undefined {
  if (site !== undefined) return site === 'same-origin';
  if (typeof origin !== 'string') return undefined;
  return URL.canParse(origin) && new URL(origin).host === host;
}

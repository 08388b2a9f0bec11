import { percentEncoded } from './identity.ts';

/** Longest address that is passed on as a link. */
const maxCharacters = 2_048;

/** An http(s) address in its normal form, or undefined: feeds carry `javascript:` and free text where an address is due. */
export function webAddress(text: string): string | undefined {
  if (text.length > maxCharacters || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? strictlyEncoded(url.href) : undefined;
}

/** Browsers leave characters alone that RFC 3986 does not allow; strict readers refuse the whole document for one of them. */
function strictlyEncoded(href: string): string {
  const [address = '', ...fragment] = href.split('#');
  const parts = fragment.length === 0 ? [address] : [address, fragment.join('%23')];
  return parts
    .map((part) => part.replace(/[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/g, percentEncoded))
    .join('#');
}

/** The page of record for a vulnerability id whose scheme is known. */
export function vulnerabilityPage(id: string): string | undefined {
  if (/^CVE-\d{4}-\d{4,19}$/.test(id)) return `https://www.cve.org/CVERecord?id=${id}`;
  if (/^GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}$/.test(id)) return `https://github.com/advisories/${id}`;
  if (/^DSA-\d+-\d+$/.test(id)) return `https://security-tracker.debian.org/tracker/${id}`;
  return /^[A-Z]+[A-Za-z0-9:.-]{3,80}$/.test(id)
    ? `https://osv.dev/vulnerability/${encodeURIComponent(id)}`
    : undefined;
}

import { z } from 'zod';
import { err, type HttpClient, isLoopback, ok, type Result } from '#foundation/index.ts';
import { type IssuerKey, readKeys } from './json-web-token.ts';

/** The public keys of issuers, kept for a while. */
export interface IssuerKeys {
  /** Those that may have signed with this id; asks the issuer again for one that is new. */
  find(issuer: string, keyId: string | undefined): Promise<Result<readonly IssuerKey[]>>;
}

const MAX_BYTES = 256 * 1024;
const TOTAL_MS = 10_000;
const KEPT_MS = 10 * 60_000;
/** An issuer is not asked more often, whatever ids strangers make up. */
const PAUSE_MS = 60_000;
const MAX_ISSUERS = 100;

interface Kept {
  readonly at: number;
  readonly keys: Promise<Result<readonly IssuerKey[]>>;
}

export function createIssuerKeys(http: HttpClient, now: () => Date): IssuerKeys {
  const kept = new Map<string, Kept>();
  const ask = (issuer: string): Kept => {
    if (kept.size >= MAX_ISSUERS) kept.clear();
    const asked = { at: now().getTime(), keys: fetchKeys(http, issuer) };
    kept.set(issuer, asked);
    return asked;
  };
  return {
    async find(issuer, keyId) {
      const known = kept.get(issuer);
      const age = now().getTime() - (known?.at ?? 0);
      const first = known && age < KEPT_MS ? known : ask(issuer);
      const keys = await first.keys;
      if (keys.ok && keys.value.some(({ id }) => mayBe(id, keyId))) return matching(keys, keyId);
      if (first !== known || age < PAUSE_MS) return matching(keys, keyId);
      return matching(await ask(issuer).keys, keyId);
    },
  };
}

function mayBe(id: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || id === wanted;
}

function matching(keys: Result<readonly IssuerKey[]>, wanted: string | undefined): Result<readonly IssuerKey[]> {
  return keys.ok ? ok(keys.value.filter(({ id }) => mayBe(id, wanted))) : keys;
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string().max(2000) });

/** OpenID Connect Discovery 1.0, section 4: the document names the issuer itself, and where its keys are. */
async function fetchKeys(http: HttpClient, issuer: string): Promise<Result<readonly IssuerKey[]>> {
  const document = discovery.safeParse(
    await fetchJson(http, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
  );
  if (!document.success || document.data.issuer !== issuer || !isIssuerAddress(document.data.jwks_uri))
    return err('The issuer of the token does not say where its keys are.');
  const keys = readKeys(await fetchJson(http, document.data.jwks_uri));
  return keys.length > 0 ? ok(keys) : err('The issuer of the token shows no keys.');
}

async function fetchJson(http: HttpClient, url: string): Promise<unknown> {
  const answer = await http.request(url, { maxBytes: MAX_BYTES, totalMs: TOTAL_MS });
  if (!answer.ok || answer.value.status !== 200) return undefined;
  try {
    return JSON.parse(answer.value.body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** https, or this machine. */
export function isIssuerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username || password || search || hash) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

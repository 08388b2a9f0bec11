import { err, ok, type Result } from '#foundation/index.ts';
import { globPattern } from '#foundation/patterns/index.ts';
import { type TrustRule, trustRulesOf } from '#storage/index.ts';
import type { ServerContext } from '../../route.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { type Claims, isSignedBy, type ReadWebToken, readWebToken, timeProblem } from './json-web-token.ts';

/** Machine accounts of those who come with a token of an issuer that the administrator trusts, as CI systems give to every job. */
export interface TrustedIssuers {
  /** Errors are whole sentences. */
  identify(token: string): Promise<Result<{ readonly id: string; readonly name: string }>>;
}

export function isJsonWebToken(token: string): boolean {
  return token.startsWith('ey') && token.includes('.');
}

export function createTrustedIssuers({ query, now }: ServerContext, keys: IssuerKeys): TrustedIssuers {
  return {
    async identify(text) {
      const token = readWebToken(text);
      if (!token.ok) return token;
      const { claims } = token.value;
      // No issuer is asked for keys because a token names it: only those of rules.
      const rules = await trustRulesOf(query, claims.iss);
      if (rules.length === 0) return err('No rule trusts the issuer of this token.');
      const problem = timeProblem(claims, now()) ?? (await signatureProblem(token.value, keys));
      if (problem !== undefined) return err(problem);
      const rule = rules.find((one) => isFor(claims, one));
      return rule
        ? ok({ id: rule.account, name: rule.accountName })
        : err('No rule for the issuer of this token has its audience and claims.');
    },
  };
}

async function signatureProblem(token: ReadWebToken, keys: IssuerKeys): Promise<string | undefined> {
  const found = await keys.find(token.claims.iss, token.keyId);
  if (!found.ok) return found.error;
  return found.value.some((key) => isSignedBy(token, key)) ? undefined : 'The token is not signed by its issuer.';
}

/** `*` stands for anything but a slash, `**` for anything. */
function isFor(claims: Claims, rule: Pick<TrustRule, 'audience' | 'claims'>): boolean {
  const audiences = typeof claims.aud === 'string' ? [claims.aud] : claims.aud;
  const wanted = Object.entries(rule.claims);
  return (
    wanted.length > 0 &&
    audiences.includes(rule.audience) &&
    wanted.every(([name, glob]) => hasClaim(claims, name, glob))
  );
}

function hasClaim(claims: Claims, name: string, glob: string): boolean {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const pattern = globPattern(glob);
  return typeof value === 'string' && pattern.ok && pattern.value.matches(value);
}

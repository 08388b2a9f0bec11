/** Words of a name that say that its value is a secret. */
const secretWords = new Set([
  'PASSWORD',
  'PASSWD',
  'PASSPHRASE',
  'PWD',
  'SECRET',
  'SECRETS',
  'TOKEN',
  'CREDENTIAL',
  'CREDENTIALS',
  'APIKEY',
  'PAT',
]);
/** Pairs of words that do so together. */
const secretPairs =
  /(?:^|_)(?:API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|AUTH|MASTER|LICENSE|SSH|DEPLOY|SERVICE_ACCOUNT)_KEY(?:_|$)/;
/** Last words that say that it is about a secret and none: a place, a length, a switch. */
const harmlessEnd =
  /_(?:FILE|FILES|PATH|DIR|URL|URI|HOST|PORT|NAME|ID|TTL|EXPIRY|EXPIRES|EXPIRATION|SECONDS|MINUTES|HOURS|DAYS|AGE|LIFETIME|LENGTH|SIZE|ENABLED|DISABLED|ALGORITHM|ALG|TYPE|POLICY|ISSUER|AUDIENCE|HEADER|PREFIX|REQUIRED|PUBLIC|VERSION|PROVIDER|ENDPOINT|LIMIT|COUNT)$/;
const harmlessStart = /^(?:ALLOW|USE|ENABLE|DISABLE|REQUIRE|SKIP|NO|HAS|IS|PUBLIC|MAX|MIN)_/;

/** Whether a variable by this name holds a secret, as its words say. */
export function isSecretName(name: string): boolean {
  const upper = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replaceAll(/[.-]/g, '_');
  if (upper.length > 200 || harmlessEnd.test(upper) || harmlessStart.test(upper)) return false;
  // `PWD` and `OLDPWD` alone are the shell's.
  if (upper === 'PWD' || upper === 'OLDPWD') return false;
  return (
    secretPairs.test(upper) ||
    upper.split('_').some((word) => secretWords.has(word) || /.(?:PASSWORD|PASSWD|SECRET|APIKEY)$/.test(word))
  );
}

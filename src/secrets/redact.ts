import { CONFIG_PATH } from './config.ts';
import { openSearch } from './search/open.ts';
import { noSettings, type SecretSettings } from './settings/settings.ts';

/**
 * Whatever is given to a name that speaks of a secret, whether it looks like one or not. Bounded on both sides of the word, so that a
 * long text takes linear time.
 */
const secretAssignment =
  /([\w.-]{0,64}(?:passw|passphrase|secret|token|credential|api[_-]?key|private[_-]?key|access[_-]?key)[\w.-]{0,64}[=:]\s?)("[^"]*"|'[^']*'|[^\s"']+)/gi;

/**
 * Takes the secrets out of a text of an image's configuration before it goes into a report, which is mailed and archived:
 * `ENV API_TOKEN=abc` → `ENV API_TOKEN=(redacted)`, and everything that a rule finds.
 */
export function redactSecrets(text: string, settings: SecretSettings = noSettings): string {
  const kept = withoutFound(text, settings);
  return ASSIGNS.test(kept) ? kept.replace(secretAssignment, '$1(redacted)') : kept;
}

/** Looked for first, as most texts assign nothing. */
const ASSIGNS = /[=:]/;

function withoutFound(text: string, settings: SecretSettings): string {
  const bytes = Buffer.from(text, 'utf8');
  const { secrets } = openSearch(settings)(CONFIG_PATH, bytes);
  if (secrets.length === 0) return text;
  let kept = '';
  let from = 0;
  for (const { start, end } of secrets) {
    kept += `${bytes.toString('utf8', from, start)}(redacted)`;
    from = end;
  }
  return kept + bytes.toString('utf8', from);
}

import type { ImageConfig } from '#artifact/index.ts';
import type { InstalledPackage } from '#model/index.ts';

/**
 * Reports are mailed and archived: a password that somebody left in ENV or in a build step must not travel with them. Bounded on
 * both sides of the word, so that a long text takes linear time.
 */
const secretAssignment =
  /([\w.-]{0,64}(?:passw|passphrase|secret|token|credential|api[_-]?key|private[_-]?key|access[_-]?key)[\w.-]{0,64}[=:]\s?)("[^"]*"|'[^']*'|[^\s"']+)/gi;

/** `ENV API_TOKEN=abc` → `ENV API_TOKEN=(redacted)`. */
export function redacted(text: string): string {
  return text.replace(secretAssignment, '$1(redacted)');
}

export function redactedConfig(config: ImageConfig): ImageConfig {
  const history = config.history.map((entry) =>
    entry.createdBy === undefined ? entry : { ...entry, createdBy: redacted(entry.createdBy) },
  );
  return { ...config, env: config.env.map(redactedVariable), history };
}

/** A variable's whole value goes, with its spaces. */
function redactedVariable(entry: string): string {
  const name = `${entry.split('=', 1)[0]}=`;
  return redacted(`${name}x`) === `${name}x` ? entry : `${name}(redacted)`;
}

/** Packages name the build step that brought them in. */
export function redactedOrigins(packages: readonly InstalledPackage[]): readonly InstalledPackage[] {
  const known = new Map<string, string>();
  return packages.map((pkg) => {
    const instruction = pkg.origin.layer?.instruction;
    if (pkg.origin.layer === undefined || instruction === undefined) return pkg;
    const safe = known.get(instruction) ?? redacted(instruction);
    known.set(instruction, safe);
    return safe === instruction
      ? pkg
      : { ...pkg, origin: { ...pkg.origin, layer: { ...pkg.origin.layer, instruction: safe } } };
  });
}

import type { ImageConfig } from '#artifact/index.ts';
import type { InstalledPackage } from '#model/index.ts';
import { redactSecrets } from '#secrets/index.ts';

/** Reports are mailed and archived: a secret that somebody left in ENV or in a build step must not travel with them. */
export function redactedConfig(config: ImageConfig): ImageConfig {
  const history = config.history.map((entry) =>
    entry.createdBy === undefined ? entry : { ...entry, createdBy: redactSecrets(entry.createdBy) },
  );
  return { ...config, env: config.env.map(redactedVariable), history };
}

/** A variable's whole value goes, with its spaces. */
function redactedVariable(entry: string): string {
  const name = `${entry.split('=', 1)[0]}=`;
  return redactSecrets(`${name}x`) === `${name}x` ? entry : `${name}(redacted)`;
}

/** Packages name the build step that brought them in. */
export function redactedOrigins(packages: readonly InstalledPackage[]): readonly InstalledPackage[] {
  const known = new Map<string, string>();
  return packages.map((pkg) => {
    const instruction = pkg.origin.layer?.instruction;
    if (pkg.origin.layer === undefined || instruction === undefined) return pkg;
    const safe = known.get(instruction) ?? redactSecrets(instruction);
    known.set(instruction, safe);
    return safe === instruction
      ? pkg
      : { ...pkg, origin: { ...pkg.origin, layer: { ...pkg.origin.layer, instruction: safe } } };
  });
}

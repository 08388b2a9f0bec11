import type { ImageConfig } from '#artifact/index.ts';
import type { MisconfigurationFinding } from '#checks/index.ts';
import type { FileLocation, InstalledPackage, LayerOrigin } from '#model/index.ts';
import { redactSecrets } from '#secrets/index.ts';
import type { Finding } from './report.ts';

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

const MAX_MESSAGES = 10_000;

/** Packages and findings name the build step that brought them in; thousands of them the same one. */
export class OriginRedaction {
  readonly #instructions = new Map<string, string>();
  readonly #messages = new Map<string, string>();
  /** A finding and the list of packages go on sharing one package. */
  readonly #packages = new Map<InstalledPackage, InstalledPackage>();

  package(one: InstalledPackage): InstalledPackage {
    const { layer } = one.origin;
    const safe = layer && this.#layer(layer);
    if (safe === layer || safe === undefined) return one;
    const redacted = this.#packages.get(one) ?? { ...one, origin: { ...one.origin, layer: safe } };
    this.#packages.set(one, redacted);
    return redacted;
  }

  finding(one: Finding): Finding {
    if (one.kind === 'secret') return one.location ? { ...one, location: this.#location(one.location) } : one;
    if (one.kind === 'malware') return { ...one, location: this.#location(one.location) };
    if (one.kind === 'misconfiguration') return this.#misconfiguration(one);
    const owner = this.package(one.package);
    return owner === one.package ? one : { ...one, package: owner };
  }

  /** There may be hundreds of thousands of them, nearly all without a secret: those are not copied. */
  #misconfiguration(one: MisconfigurationFinding): MisconfigurationFinding {
    const message = this.#message(one.message);
    const location = this.#location(one.location);
    return message === one.message && location === one.location ? one : { ...one, message, location };
  }

  /** Many are the same: what is wrong in one manifest is wrong in its neighbours. */
  #message(message: string): string {
    const known = this.#messages.get(message);
    if (known !== undefined) return known;
    const safe = redactSecrets(message);
    if (this.#messages.size < MAX_MESSAGES) this.#messages.set(message, safe);
    return safe;
  }

  #location(location: FileLocation): FileLocation {
    return location.layer ? { ...location, layer: this.#layer(location.layer) } : location;
  }

  #layer(layer: LayerOrigin): LayerOrigin {
    const { instruction } = layer;
    if (instruction === undefined) return layer;
    const safe = this.#instructions.get(instruction) ?? redactSecrets(instruction);
    this.#instructions.set(instruction, safe);
    return safe === instruction ? layer : { ...layer, instruction: safe };
  }
}

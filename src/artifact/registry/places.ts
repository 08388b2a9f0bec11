import { err, ok, type Result } from '#foundation/index.ts';
import { type ImageReference, isHostWithPort, parseReference } from '../reference/reference.ts';
import { type TargetError, targetError } from '../target-error.ts';
import type { RegistryOptions } from './options.ts';
import { type RegistrySetting, readRegistrySettings, settingFor } from './registries-settings.ts';

/** One place that may serve an image, before it was asked anything. */
export interface Place {
  /** As it is written in references: `docker.io`. */
  readonly host: string;
  readonly repository: string;
  /** The system's configuration allows it any certificate, and plain HTTP. */
  readonly insecure: boolean;
  readonly isMirror: boolean;
}

/** Where to ask for an image: the user's mirrors, those of registries.conf, and last the registry itself. */
export async function placesFor(
  reference: ImageReference,
  options: RegistryOptions,
): Promise<Result<readonly Place[], TargetError>> {
  const chosen = chosenMirrors(reference, options.mirrors ?? []);
  if (!chosen.ok) return targetError('usage', chosen.error);
  const name = `${reference.registry}/${reference.repository}`;
  const setting = settingFor(name, await readRegistrySettings(options.environment ?? process.env));
  if (setting?.blocked) return targetError('denied', `registries.conf blocks ${setting.prefix}`);
  const configured = (setting?.mirrors ?? []).map(({ location, insecure }) =>
    toPlace(relocate(name, setting, location), insecure, true),
  );
  const own = toPlace(relocate(name, setting, setting?.location ?? ''), setting?.insecure === true, false);
  const places = [...chosen.value, ...configured, own].filter((place) => place !== undefined);
  return places.some(({ isMirror }) => !isMirror)
    ? ok(places)
    : targetError('usage', `registries.conf sends ${name} to a place that is no registry name`);
}

/** Puts a location where the prefix was: with `docker.io/library` at `mirror.example/hub`, `docker.io/library/debian` is `mirror.example/hub/debian`. */
function relocate(name: string, setting: RegistrySetting | undefined, location: string): string {
  if (setting === undefined || location === '') return name;
  const kept = setting.prefix.startsWith('*.') ? name.slice(name.indexOf('/')) : name.slice(setting.prefix.length);
  return `${location}${kept}`;
}

function toPlace(name: string, insecure: boolean, isMirror: boolean): Place | undefined {
  const slash = name.indexOf('/');
  const host = name.slice(0, slash);
  const parsed = isHostWithPort(host) ? parseReference(name) : undefined;
  return parsed?.ok ? { host, repository: name.slice(slash + 1), insecure, isMirror } : undefined;
}

/** Mirrors of the command line: `host=mirror[/path]`. */
function chosenMirrors({ registry, repository }: ImageReference, texts: readonly string[]): Result<readonly Place[]> {
  const places: Place[] = [];
  for (const text of texts) {
    const [host = '', location = '', ...more] = text.split('=');
    const place = toPlace(`${location.replace(/\/$/, '')}/${repository}`, false, true);
    if (more.length > 0 || location === '' || !isHostWithPort(host) || !place) {
      return err(
        `not a registry mirror: ${JSON.stringify(text.slice(0, 200))}; write it like docker.io=mirror.example`,
      );
    }
    if (host === registry) places.push(place);
  }
  return ok(places);
}

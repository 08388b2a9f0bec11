import { type AnyExecutable, elfSymbols } from '#foundation/executables/index.ts';
import type { BuildInfo } from './build-info.ts';
import { goString } from './locate.ts';

const DEVELOPMENT = '(devel)';
const MAX_FLAGS = 64 * 1024;

/**
 * The version of the main module: what the build information says; else what the makers had the linker write into a variable
 * (`-ldflags='-X main.version=1.2.3'`); else a pseudo-version of the commit it was built from (https://go.dev/ref/mod#pseudo-versions).
 * `(devel)` when nothing tells.
 */
export function mainVersion(executable: AnyExecutable, info: BuildInfo): string {
  const stated = info.main?.version ?? '';
  if (stated !== '' && stated !== DEVELOPMENT) return stated;
  return flaggedVersion(info) ?? variableVersion(executable, info) ?? commitVersion(info) ?? DEVELOPMENT;
}

/** Variables in which makers keep a version, the surest first. */
const VARIABLE = /(?:^|\.)(?:(?:app|build|git|release|current|full|sem)?version|(?:app|git)?ver|(?:git)?tag)$/i;
const VERSION = /^v?(\d{1,9}\.\d{1,9}(?:\.\d{1,9})?(?:-[0-9A-Za-z.-]{1,64})?(?:\+[0-9A-Za-z.-]{1,64})?)$/;

/** What several variables contradict each other about is not known. Those of the main package and module go before others'. */
function flaggedVersion(info: BuildInfo): string | undefined {
  const flags = (info.settings.get('-ldflags') ?? '').slice(0, MAX_FLAGS);
  const written = [...flags.matchAll(/(?:^|[\s'"])-X[=\s]['"]?([\w./~%-]{1,300})=([^\s'"]{1,200})/g)].flatMap(
    ([, variable = '', value = '']) => {
      const version = VARIABLE.test(variable) ? VERSION.exec(value)?.[1] : undefined;
      return version === undefined ? [] : [{ variable, version }];
    },
  );
  const module = info.main?.path ?? '';
  const own = written.filter(({ variable }) => variable.startsWith(`${module}/`) || variable.startsWith(`${module}.`));
  const main = written.filter(({ variable }) => variable.startsWith('main.') || variable.startsWith(`${info.path}.`));
  const versions = new Set((main.length > 0 ? main : own).map(({ version }) => version));
  const [only] = versions;
  return versions.size === 1 && only !== undefined ? asModuleVersion(only) : undefined;
}

/** With `-trimpath` the flags are not kept; the variables are, and their names where the symbols were not stripped off. */
function variableVersion(executable: AnyExecutable, info: BuildInfo): string | undefined {
  if (executable.format !== 'elf') return undefined;
  const module = info.main?.path;
  const places = [
    'main',
    ...(module ? [`${module}/version`, `${module}/internal/version`, `${module}/pkg/version`] : []),
  ];
  const names = places.flatMap((place) => [`${place}.version`, `${place}.Version`]);
  const versions = new Set(
    elfSymbols(executable, new Set(names)).flatMap(({ address }) => {
      const version = VERSION.exec(goString(executable, address, 200).toString('latin1'))?.[1];
      return version === undefined || /^0\.0(?:\.0)?$/.test(version) ? [] : [version];
    }),
  );
  const [only] = versions;
  return versions.size === 1 && only !== undefined ? asModuleVersion(only) : undefined;
}

/** Module versions have three numbers. */
function asModuleVersion(version: string): string {
  return `v${/^\d+\.\d+(?![\d.])/.test(version) ? version.replace(/^\d+\.\d+/, '$&.0') : version}`;
}

function commitVersion({ main, settings }: BuildInfo): string | undefined {
  const revision = /^[0-9a-f]{12,64}$/.exec(settings.get('vcs.revision') ?? '')?.[0];
  const time = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(settings.get('vcs.time') ?? '');
  if (revision === undefined || time === null) return undefined;
  const major = /\/v([2-9]|[1-9]\d{1,3})$/.exec(main?.path ?? '')?.[1] ?? '0';
  const dirty = settings.get('vcs.modified') === 'true' ? '+dirty' : '';
  return `v${major}.0.0-${time.slice(1).join('')}-${revision.slice(0, 12)}${dirty}`;
}

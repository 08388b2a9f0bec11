/** Makes an installed version comparable with the version that an advisory names. */
type InstalledForm = (version: string, operand: string) => string;

/** The platforms that RubyGems appends to a version: `1.15.4-x86_64-linux`, `1.0-java`. */
const gemPlatform =
  /-(?:x86|x64|x86_64|i[3-6]86|universal|arm|arm64|aarch64|java|jruby|dalvik|powerpc|ppc|sparc|mingw|mswin)(?:[-_].*|\d.*)?$/s;

/** By scheme; the others compare the version as it is. */
const installedForms: Readonly<Record<string, InstalledForm>> = {
  // A platform names a build of the same source.
  gem: (version) => version.replace(gemPlatform, ''),
  // A local label counts only where the advisory has one: `2.0+vendor.1` is affected by what affects 2.0.
  pep440: (version, operand) => (operand.includes('+') ? version : version.replace(/\+.*$/s, '')),
  // A revision packages the same upstream source again; it counts only where the advisory names one.
  bitnami: (version, operand) => (/-\d+$/.test(operand) ? version : version.replace(/-\d+$/, '')),
};

/** The installed version in the form in which it is compared with `operand`, the version that an advisory names. */
export function installedForm(schemeId: string, version: string, operand: string): string {
  return installedForms[schemeId]?.(version, operand) ?? version;
}

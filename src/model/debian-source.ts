import type { Package } from './package.ts';

/**
 * What the advisories of Debian and Ubuntu speak of: the source package and its version. A rebuild without changes (`+b1`) has its
 * source's version. Kernels that boot with Secure Boot come from sources that only sign: Debian's `linux-signed-amd64` (whose version
 * `6.1.90+1` is the kernel's `6.1.90-1` respelt; the binary package has the kernel's) and Ubuntu's `linux-signed-aws`; both
 * distributions speak of the kernel's own source: `linux`, `linux-6.1`, `linux-aws`.
 */
export function debianSource(pkg: Pick<Package, 'name' | 'version' | 'source'>): NonNullable<Package['source']> {
  const builtFrom = pkg.version.replace(/\+b\d{1,6}$/, '');
  if (pkg.source === undefined) return { name: pkg.name, version: builtFrom };
  const kernel = signedKernelOf(pkg.source.name);
  return kernel === undefined ? pkg.source : { name: kernel, version: builtFrom };
}

function signedKernelOf(source: string): string | undefined {
  if (!source.startsWith('linux-signed')) return undefined;
  const rest = source.slice('linux-signed'.length).replace(/-(?:amd64|arm64|i386)$/, '');
  return rest === '' || rest.startsWith('-') ? `linux${rest}` : undefined;
}

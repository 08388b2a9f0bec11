import { recordCataloger } from '../records.ts';
import { parseKernel } from './parse.ts';

const MiB = 1024 * 1024;

/** Kernels that lie in an image to be booted. A container runs on the kernel of its host, whatever lies in its image. */
export const linuxKernel = recordCataloger({
  id: 'linux-kernel',
  title: 'Linux kernels and their modules',
  references: ['https://docs.kernel.org/arch/x86/boot.html', 'https://docs.kernel.org/kbuild/kbuild.html'],
  maturity: 'stable',
  type: 'generic',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'prefix', prefix: 'vmlinuz', maxBytes: 256 * MiB },
    { kind: 'name', name: 'bzImage', maxBytes: 256 * MiB },
    { kind: 'name', name: 'modules.builtin', maxBytes: 16 * MiB },
  ],
  parse: parseKernel,
});

import type { FilePattern } from '../../cataloger.ts';
import { directoryCataloger } from '../package-directories.ts';
import { deploymentOf, parseDeployment } from './parse.ts';

const maxBytes = 8 * 1024 * 1024;
/** For the system, and for single users. */
const INSTALLATIONS = ['var/lib/flatpak', 'root/.local/share/flatpak', 'home'];

/** Applications and runtimes that Flatpak has deployed, for the system or for one user. */
export const flatpakDeploy = directoryCataloger({
  id: 'flatpak-deploy',
  title: 'Flatpak applications and runtimes',
  references: [
    'https://docs.flatpak.org/en/latest/flatpak-command-reference.html#flatpak-metadata',
    'https://www.freedesktop.org/software/appstream/docs/chap-Metadata.html',
  ],
  maturity: 'stable',
  type: 'flatpak',
  evidence: 'installed',
  revision: 1,
  files: INSTALLATIONS.flatMap((under): FilePattern[] => [
    { kind: 'name', name: 'metadata', under, maxBytes },
    { kind: 'suffix', suffix: '.metainfo.xml', under, maxBytes },
    { kind: 'suffix', suffix: '.appdata.xml', under, maxBytes },
  ]),
  what: 'Flatpak deployment',
  isVersionOptional: true,
  parse: parseDeployment,
  packageOf: deploymentOf,
});

import { recordCataloger } from '../records.ts';
import { parseSnap } from './parse.ts';

const maxBytes = 16 * 1024 * 1024;

/** Snaps that are unpacked or mounted. */
export const snapYaml = recordCataloger({
  id: 'snap-yaml',
  title: 'Snaps by their meta/snap.yaml',
  references: ['https://snapcraft.io/docs/the-snap-format', 'https://snapcraft.io/docs/snapcraft-yaml-schema'],
  maturity: 'stable',
  type: 'snap',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: '/meta/snap.yaml', maxBytes },
    { kind: 'suffix', suffix: '/snap/manifest.yaml', maxBytes },
    { kind: 'suffix', suffix: 'usr/share/snappy/dpkg.yaml', maxBytes },
  ],
  parse: parseSnap,
});

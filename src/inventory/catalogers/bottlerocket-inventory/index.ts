import { recordCataloger } from '../records.ts';
import { parseInventory } from './parse.ts';

const maxBytes = 16 * 1024 * 1024;
const INVENTORY = 'usr/share/bottlerocket/application-inventory.json';

/** What a Bottlerocket host is made of: it is built from rpm packages and keeps a list of them in place of rpm's database. */
export const bottlerocketInventory = recordCataloger({
  id: 'bottlerocket-inventory',
  title: 'Bottlerocket packages in its application inventory',
  references: ['https://bottlerocket.dev/en/os/latest/', 'https://github.com/bottlerocket-os/bottlerocket/issues/2041'],
  maturity: 'stable',
  type: 'rpm',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'path', path: INVENTORY, maxBytes },
    { kind: 'path', path: `x86_64-bottlerocket-linux-gnu/sys-root/${INVENTORY}`, maxBytes },
    { kind: 'path', path: `aarch64-bottlerocket-linux-gnu/sys-root/${INVENTORY}`, maxBytes },
  ],
  parse: parseInventory,
});

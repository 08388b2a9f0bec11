import type { Framework } from '../../framework.ts';
import { containers } from './containers.ts';
import { daemon } from './daemon.ts';
import { files } from './files.ts';
import { host } from './host.ts';
import { images } from './images.ts';
import { operations } from './operations.ts';

/** Only the numbers are the publisher's; the words are ours. The sections for Docker Enterprise, which is no longer sold, are left out. */
export const cisDocker: Framework = {
  id: 'cis-docker',
  title: 'CIS Docker Benchmark',
  publisher: 'Center for Internet Security',
  version: '1.6.0',
  wording: 'own',
  references: ['https://www.cisecurity.org/benchmark/docker'],
  clauses: [...host, ...daemon, ...files, ...images, ...containers, ...operations],
};

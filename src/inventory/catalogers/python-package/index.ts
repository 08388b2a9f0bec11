import { recordCataloger } from '../records.ts';
import { parseMetadata } from './parse.ts';

const maxBytes = 16 * 1024 * 1024;

/** Python packages as they lie in `site-packages`, whichever tool put them there. */
export const pythonPackage = recordCataloger({
  id: 'python-package',
  title: 'Installed Python packages by their metadata (dist-info, egg-info)',
  references: [
    'https://packaging.python.org/en/latest/specifications/recording-installed-packages/',
    'https://packaging.python.org/en/latest/specifications/core-metadata/',
    'https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html',
  ],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: '.dist-info/METADATA', maxBytes },
    { kind: 'suffix', suffix: '.egg-info/PKG-INFO', maxBytes },
    { kind: 'suffix', suffix: 'EGG-INFO/PKG-INFO', maxBytes },
    { kind: 'suffix', suffix: '.egg-info', maxBytes },
  ],
  parse: parseMetadata,
});

import { recordCataloger } from '../records.ts';
import { parseWordpress } from './parse.ts';

const MiB = 1024 * 1024;

/** WordPress, its plugins and its themes. */
export const wordpress = recordCataloger({
  id: 'wordpress',
  title: 'WordPress with its plugins and themes',
  references: [
    'https://developer.wordpress.org/plugins/plugin-basics/header-requirements/',
    'https://developer.wordpress.org/themes/basics/main-stylesheet-style-css/',
  ],
  maturity: 'stable',
  type: 'wordpress',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: '.php', maxBytes: 64 * MiB },
    { kind: 'name', name: 'style.css', maxBytes: 64 * MiB },
  ],
  // Spares the look at nearly all PHP files of an image.
  anchors: ['Plugin Name:', 'Theme Name:', '$wp_version'],
  parse: parseWordpress,
});

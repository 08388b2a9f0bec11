import { recordCataloger } from '../records.ts';
import { parseApplication } from './parse.ts';

/** Erlang and Elixir applications: those of Erlang itself, of distributions, and of releases. */
export const erlangApp = recordCataloger({
  id: 'erlang-app',
  title: 'Erlang and Elixir applications by their .app files',
  references: ['https://www.erlang.org/doc/apps/kernel/app.html', 'https://hex.pm/docs/faq'],
  maturity: 'stable',
  type: 'hex',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'suffix', suffix: '.app', maxBytes: 64 * 1024 * 1024 }],
  parse: parseApplication,
});

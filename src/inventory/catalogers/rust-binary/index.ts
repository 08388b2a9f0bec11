import { recordCataloger } from '../records.ts';
import { parseAuditable } from './parse.ts';

/**
 * The crates that cargo-auditable wrote into a program. Of other Rust programs the compiler leaves nothing to read; paths in
 * their panic messages name some crates, which is no list of them.
 */
export const rustBinary = recordCataloger({
  id: 'rust-binary',
  title: 'Rust crates in programs built with cargo-auditable',
  references: [
    'https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md',
    'https://github.com/rust-secure-code/cargo-auditable/blob/master/cargo-auditable.schema.json',
  ],
  maturity: 'stable',
  type: 'cargo',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'content', is: ['elf', 'pe', 'mach-o'], maxBytes: 1024 * 1024 * 1024 }],
  parse: parseAuditable,
});

import { recordCataloger } from '../records.ts';
import { parseCargoLock } from './parse.ts';

/** What Cargo resolved for a workspace: for every system and feature, tests included. */
export const cargoLock = recordCataloger({
  id: 'cargo-lock',
  title: 'Rust crates in Cargo.lock, versions 1 to 4',
  references: [
    'https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html',
    'https://github.com/rust-lang/cargo/blob/master/src/cargo/core/resolver/encode.rs',
  ],
  maturity: 'stable',
  type: 'cargo',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'Cargo.lock', maxBytes: 32 * 1024 * 1024 }],
  parse: parseCargoLock,
});

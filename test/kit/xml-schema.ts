import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const FOLDER = '@cyclonedx/cyclonedx-library/res/schema';

/** For the test runner's `skip` option: the published XML schemas need a program that reads them. */
export function xmlSchemaSkip(): string | false {
  if (schemaFolder() === undefined) return 'the package that carries the CycloneDX schemas is not installed';
  const hasProgram = spawnSync('xmllint', ['--version']).status === 0;
  return hasProgram ? false : 'xmllint is not installed (Debian: libxml2-utils)';
}

/** What is wrong with a document by the published schema of its version; empty when it is valid. */
export function cyclonedxXmlFaults(document: string, version = '1.6'): string {
  const schema = join(schemaFolder() ?? '', `bom-${version}.SNAPSHOT.xsd`);
  const done = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, '-'], { input: document });
  return done.status === 0 ? '' : done.stderr.toString().slice(0, 2_000);
}

function schemaFolder(): string | undefined {
  const roots = require.resolve.paths(FOLDER) ?? [];
  return roots.map((modules) => join(modules, FOLDER)).find(existsSync);
}

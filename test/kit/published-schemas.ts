import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import * as ajvFormats from 'ajv-formats';

const require = createRequire(import.meta.url);

/** The CycloneDX schema of a version, with the schemas that it refers to, as its publisher's package carries them. */
export function cyclonedxSchema(version = '1.6'): ValidateFunction | undefined {
  const folder = '@cyclonedx/cyclonedx-library/res/schema';
  const schema = readSchema(`${folder}/bom-${version}.SNAPSHOT.schema.json`);
  if (!schema) return undefined;
  const ajv = validator();
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    const { $id: _id, ...part } = readSchema(`${folder}/${name}.SNAPSHOT.schema.json`) ?? {};
    ajv.addSchema(part, `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schema);
}

/** Every id that CycloneDX accepts as an SPDX licence or exception. */
export function listedLicenceIds(): readonly string[] | undefined {
  const ids = readSchema('@cyclonedx/cyclonedx-library/res/schema/spdx.SNAPSHOT.schema.json')?.['enum'];
  return Array.isArray(ids) ? ids.map(String) : undefined;
}

/** The SARIF 2.1.0 schema. It is written in draft 4, whose `id` is the only keyword in it that later drafts spell differently. */
export function sarifSchema(): ValidateFunction | undefined {
  const schema = readSchema('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  if (!schema) return undefined;
  const { id: _id, $schema: _draft, ...rest } = schema;
  return validator().compile(rest);
}

/** For the test runner's `skip` option. */
export function schemaSkip(schema: unknown, name: string): string | false {
  return schema === undefined ? `the package that carries the ${name} schema is not installed` : false;
}

function validator(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajvFormats.default.default(ajv);
  for (const format of ['iri-reference', 'idn-email']) ajv.addFormat(format, true);
  return ajv;
}

/** Found by the package's folder: not every package exports the schemas that it carries. */
function readSchema(path: string): Readonly<Record<string, unknown>> | undefined {
  const folder = require.resolve.paths(path)?.find((modules) => existsSync(join(modules, path)));
  return folder === undefined ? undefined : JSON.parse(readFileSync(join(folder, path), 'utf8'));
}

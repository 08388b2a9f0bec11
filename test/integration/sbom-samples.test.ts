import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cyclonedxSchema, schemaSkip } from '../kit/published-schemas.ts';
import { cyclonedxXmlFaults, xmlSchemaSkip } from '../kit/xml-schema.ts';

// What the readers of SBOMs are tested on is what the formats' publishers call valid.

const folder = new URL('../../src/inventory/sbom/testdata/', import.meta.url);
const schemas = new Map(['1.4', '1.5', '1.6', '1.7'].map((version) => [version, cyclonedxSchema(version)]));

for (const name of readdirSync(folder)) {
  const text = readFileSync(new URL(name, folder), 'utf8');
  if (name.endsWith('.cdx.json')) {
    const document: unknown = JSON.parse(text);
    const version = /"specVersion": ?"(\d\.\d)"/.exec(text)?.[1] ?? '';
    const schema = schemas.get(version);
    test(`${name} is valid CycloneDX ${version}`, { skip: schemaSkip(schema, 'CycloneDX') }, () => {
      assert.ok(schema?.(document), JSON.stringify(schema?.errors?.slice(0, 3)));
    });
  }
  if (name.endsWith('.cdx.xml')) {
    const version = /cyclonedx\.org\/schema\/bom\/(\d\.\d)/.exec(text)?.[1] ?? '';
    test(`${name} is valid CycloneDX ${version}`, { skip: xmlSchemaSkip() }, () => {
      assert.equal(cyclonedxXmlFaults(text, version), '');
    });
  }
}

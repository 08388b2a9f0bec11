import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** Providers that Terraform or OpenTofu chose for a configuration: programs that get its credentials. */
export const terraformLock = recordCataloger({
  id: 'terraform-lock',
  title: 'Terraform and OpenTofu providers in .terraform.lock.hcl',
  references: ['https://developer.hashicorp.com/terraform/language/files/dependency-lock'],
  maturity: 'stable',
  type: 'terraform',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: '.terraform.lock.hcl', maxBytes: 4 * 1024 * 1024 }],
  parse,
});

/** `provider "registry.terraform.io/hashicorp/aws" { version = "5.31.0" ... }`. */
const PROVIDER = /^[ \t]{0,100}provider[ \t]{1,100}"([^"\n]{1,400})"[ \t]{0,100}\{/gm;
const DEFAULT_REGISTRY = 'registry.terraform.io';

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'terraform-lock', 'Terraform lock file');
  const text = file.text();
  const starts = [...text.matchAll(PROVIDER)];
  if (starts.length === 0 && /^[ \t]{0,100}[^\s#]/m.test(text)) collector.unreadable('names no providers');
  for (const [index, { 1: address = '', index: start }] of starts.entries()) {
    const block = text.slice(start, starts[index + 1]?.index);
    const version = /^[ \t]{0,100}version[ \t]{0,100}=[ \t]{0,100}"([^"\n]{1,200})"/m.exec(block)?.[1];
    const [host = '', ...name] = address.split('/');
    if (version === undefined || name.length !== 2) collector.unusable(address);
    else
      collector.add({
        name: name.join('/'),
        version,
        ...(host !== DEFAULT_REGISTRY && { qualifiers: { repository_url: host } }),
      });
  }
  return collector.result();
}

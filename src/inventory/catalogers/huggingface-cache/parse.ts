import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** `…/hub/models--microsoft--deberta-v3-base/refs/main`; models of the early days have no owner: `models--gpt2`. */
const PLACE = /(?:^|\/)models--([A-Za-z0-9._-]{1,200}?)(?:--([A-Za-z0-9._-]{1,200}))?\/refs\/[^/]+$/;

/** A reference of the cache holds the commit of the model's repository that was fetched. */
export function parseReference(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'huggingface-cache', 'cache of models');
  const [, owner, model] = PLACE.exec(file.path) ?? [];
  if (owner === undefined) return records.result();
  const name = model === undefined ? owner : `${owner}/${model}`;
  const commit = file.size > 100 ? '' : file.text().trim();
  if (/^[0-9a-f]{40}$/.test(commit)) records.add({ name, version: commit });
  else records.unusable(name);
  return records.result();
}

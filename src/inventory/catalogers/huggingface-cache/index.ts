import { recordCataloger } from '../records.ts';
import { parseReference } from './parse.ts';

/** Models that were fetched from the Hugging Face hub into its cache. Model files that lie elsewhere do not tell what they are. */
export const huggingfaceCache = recordCataloger({
  id: 'huggingface-cache',
  title: 'Models in the cache of the Hugging Face hub',
  references: ['https://huggingface.co/docs/huggingface_hub/guides/manage-cache'],
  maturity: 'stable',
  type: 'huggingface',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'suffix', suffix: '/refs/main', maxBytes: 16 * 1024 * 1024 }],
  parse: parseReference,
});

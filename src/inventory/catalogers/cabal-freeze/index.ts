import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** What Cabal resolved for a Haskell project, the libraries of the compiler included. */
export const cabalFreeze = recordCataloger({
  id: 'cabal-freeze',
  title: 'Haskell packages in cabal.project.freeze',
  references: ['https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-freeze'],
  maturity: 'stable',
  type: 'hackage',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'cabal.project.freeze', maxBytes: 8 * 1024 * 1024 },
    { kind: 'name', name: 'cabal.config', maxBytes: 8 * 1024 * 1024 },
  ],
  parse,
});

/** `constraints: any.aeson ==2.1.2.1, aeson +ordered-keymap`: only `==` pins, words with `+` and `-` are flags. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'cabal-freeze', 'freeze file of Cabal');
  const text = file.text().replace(/^[ \t]{0,100}--[^\n]*$/gm, '');
  const start = /^constraints:/m.exec(text)?.index;
  if (start === undefined && file.path.endsWith('.freeze') && text.trim() !== '')
    collector.unreadable('has no constraints');
  for (const constraint of constraintsIn(start === undefined ? '' : text.slice(start + 'constraints:'.length))) {
    const [, name = '', version] =
      /^(?:any\.)?([A-Za-z\d][A-Za-z\d-]{0,200}) {0,5}== {0,5}([\d.]{1,100})$/.exec(constraint) ?? [];
    if (version !== undefined) collector.add({ name, version });
  }
  return collector.result();
}

/** Up to the next field, which begins in the first column. */
function constraintsIn(text: string): string[] {
  const end = /\n[A-Za-z]/.exec(text)?.index ?? text.length;
  return text
    .slice(0, end)
    .split(',')
    .map((constraint) => constraint.trim());
}

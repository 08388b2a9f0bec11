import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type Asked, type AskedName, lockCataloger, type ParsedLock } from '../manifest.ts';
import { RecordCollector, reference } from '../records.ts';

/** What Carton resolved for a Perl project; the cpanfile beside it tells which of it by name. */
export const cartonSnapshot = lockCataloger({
  id: 'carton-snapshot',
  title: 'Perl distributions in cpanfile.snapshot',
  references: ['https://metacpan.org/pod/Carton', 'https://metacpan.org/pod/CPAN::Meta::Spec'],
  maturity: 'stable',
  type: 'cpan',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'cpanfile.snapshot', maxBytes: 16 * 1024 * 1024 },
    { kind: 'name', name: 'cpanfile', maxBytes: 1024 * 1024 },
  ],
  parse,
  isManifest: (path) => /(?:^|\/)cpanfile$/.test(path),
  parseAsked,
});

interface Distribution {
  readonly name: string;
  readonly version: string;
  /** Modules. */
  readonly needs: string[];
}

/** Two blanks before a distribution, `Try-Tiny-0.31`, four before its sections, six before what it provides and requires, as modules. */
function parse(file: InputFile): ParsedLock {
  const collector = new RecordCollector(file, 'carton-snapshot', 'cpanfile.snapshot');
  const providers = new Map<string, Distribution>();
  const distributions = distributionsIn(file.text(), providers, collector);
  if (distributions === undefined) collector.unreadable('is no snapshot of Carton');
  for (const { name, version, needs } of distributions ?? []) {
    const found = new Set(needs.flatMap((module) => providers.get(module) ?? []));
    const dependencies = [...found].filter((need) => need.name !== name).map(reference);
    collector.add({ name, version, dependencies });
  }
  return {
    ...collector.result(),
    answers: [...providers].map(([module, found]) => [module, reference(found)] as const),
  };
}

function distributionsIn(
  text: string,
  providers: Map<string, Distribution>,
  collector: RecordCollector,
): Distribution[] | undefined {
  let list: Distribution[] | undefined;
  let section = '';
  for (const line of linesOf(text)) {
    const content = line.trim();
    const indent = line.length - line.trimStart().length;
    if (content === 'DISTRIBUTIONS') list = [];
    else if (list === undefined || content === '') continue;
    else if (indent === 2) keep(content, list, collector);
    else if (indent === 4) section = content;
    else if (indent === 6) addModule(content.split(' ', 1)[0] ?? '', section, list.at(-1), providers);
  }
  return list;
}

/** The version begins behind the last hyphen with a digit. */
function keep(content: string, list: Distribution[], collector: RecordCollector): void {
  const [, name, version] = /^([\w.:-]{1,200})-(v?\d[^-\s]{0,100}(?:-TRIAL)?)$/.exec(content) ?? [];
  if (name === undefined || version === undefined) collector.unusable(content);
  else list.push({ name, version, needs: [] });
}

const MAX_MODULES = 200_000;

function addModule(
  module: string,
  section: string,
  distribution: Distribution | undefined,
  providers: Map<string, Distribution>,
): void {
  if (distribution === undefined) return;
  if (section === 'requirements:') distribution.needs.push(module);
  else if (section === 'provides:' && providers.size < MAX_MODULES) providers.set(module, distribution);
}

const CALL =
  /\b(requires|recommends|suggests|test_requires|author_requires|configure_requires|build_requires)\s{1,10}["']([\w:]{1,200})["']/;

/** A program in Perl, read as text: `requires 'Try::Tiny', '0.31';`, also inside `on 'test' => sub { ... };`. */
function parseAsked(file: InputFile): Asked {
  const asked = { runtime: [] as AskedName[], optional: [] as AskedName[], development: [] as AskedName[] };
  let phase = '';
  for (const line of linesOf(file.text())) {
    const text = line.replace(/#.*$/, '').slice(0, 1000);
    phase = /\bon\s{1,10}\(?["']?(\w{1,40})["']?\s{0,10}(?:=>|,)\s{0,10}sub\b/.exec(text)?.[1] ?? phase;
    const [, verb = '', module = ''] = CALL.exec(text) ?? [];
    const isForBuilding = (phase !== '' && phase !== 'runtime') || verb.includes('_');
    if (module !== '')
      asked[isForBuilding ? 'development' : verb === 'requires' ? 'runtime' : 'optional'].push([module, '']);
    if (/\}\s{0,10};?\s*$/.test(text)) phase = '';
  }
  return asked;
}

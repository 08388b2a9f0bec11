import { readFileSync } from 'node:fs';

const reportFolder = new URL('../../src/reporters/html/browser/', import.meta.url);
const complianceFolder = new URL('../../src/compliance/formats/html/browser/', import.meta.url);

/** The page script's modules, each after those that it imports. */
const scriptModules = [
  'elements',
  'address',
  'dataset',
  'filters',
  'listing',
  'receipt',
  'details',
  'findings',
  'packages',
  'tabs',
  'report',
];

/** The modules that carry the styles and scripts of pages inside the program, so that it needs no file beside itself when bundled. */
export function browserFilesModule(): string {
  const modules = scriptModules.map((name) => ({ name, text: textIn(reportFolder, `${name}.js`) }));
  return `${HEAD}
/** What all our pages look like. */
export const pageStyle = ${linesLiteral(styleSheet(reportFolder, 'page'))};

export const reportStyle = ${linesLiteral(styleSheet(reportFolder, 'report'))};

export const script = ${linesLiteral(linkModules(modules))};
`;
}

export function complianceBrowserFilesModule(): string {
  return `${HEAD}
export const complianceStyle = ${linesLiteral(styleSheet(complianceFolder, 'compliance'))};

export const script = ${linesLiteral(textIn(complianceFolder, 'compliance.js'))};
`;
}

const HEAD = `// biome-ignore-all format: made from browser/ by the test of this name with UPDATE_SNAPSHOTS=1; edit the files there.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the text of a script.
`;

function textIn(folder: URL, name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function styleSheet(folder: URL, name: string): string {
  return textIn(folder, `${name}.css`).replace(/\/\*[\s\S]*?\*\/\n*/g, '');
}

function linesLiteral(text: string): string {
  const lines = text.trimEnd().split('\n');
  return `[\n${lines.map((line) => `  ${JSON.stringify(line)},\n`).join('')}].join('\\n')`;
}

interface BrowserModule {
  readonly name: string;
  readonly text: string;
}

/**
 * One script from small modules, so that the page has one script and a policy that names its hash: each module becomes a function
 * that returns what it exports. Knows the two forms that these modules use, `import { a } from './b.js';` and `export` before
 * `function` or `const`.
 */
function linkModules(modules: readonly BrowserModule[]): string {
  return modules.map(({ name, text }) => `const ${name}Module = (() => {\n${linked(text)}})();\n`).join('');
}

function linked(text: string): string {
  const exported = [...text.matchAll(/^export (?:function (\w+)|const (\w+) =|const \{([^}]*)\} =)/gm)].map(
    ([, functionName, constant, several]) => functionName ?? constant ?? several?.trim(),
  );
  const body = text
    .replace(/^import (\{[^}]*\}) from '\.\/(\w+)\.js';$/gm, 'const $1 = $2Module;')
    .replace(/^export /gm, '');
  return `${body}return { ${exported.join(', ')} };\n`;
}

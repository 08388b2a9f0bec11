interface BrowserModule {
  readonly name: string;
  readonly text: string;
}

/**
 * One script from small modules, so that the page has one script and a policy that names its hash: each module becomes a function
 * that returns what it exports, in the order given. Knows the two forms that our own modules use, `import { a } from './b.js';` and
 * `export` before `function` or `const`; a name that is exported otherwise would be missing at its first use.
 */
export function linkModules(modules: readonly BrowserModule[]): string {
  return modules.map(({ name, text }) => `const ${variableOf(name)} = (() => {\n${linked(text)}})();\n`).join('');
}

function linked(text: string): string {
  const exported = [...text.matchAll(/^export (?:function (\w+)|const (\w+) =|const \{([^}]*)\} =)/gm)].map(
    ([, functionName, constant, several]) => functionName ?? constant ?? several?.trim(),
  );
  const body = text
    .replace(
      /^import (\{[^}]*\}) from '\.\/([\w-]+)\.js';$/gm,
      (_line, names: string, name: string) => `const ${names} = ${variableOf(name)};`,
    )
    .replace(/^export /gm, '');
  return `${body}return { ${exported.join(', ')} };\n`;
}

function variableOf(name: string): string {
  return `${name.replaceAll('-', '_')}Module`;
}

// Turns architecture.json into rules: modules import lower layers only, along the listed edges, through index.ts.
import { readFileSync } from 'node:fs';

const { modules } = JSON.parse(readFileSync(new URL('./architecture.json', import.meta.url), 'utf8'));
const names = Object.keys(modules);

const edges = names.map((name) => ({
  name: `${name}-edges`,
  severity: 'error',
  comment: `${name} may import only ${modules[name].imports.join(', ') || 'nothing'}: see architecture.json. Move the code, or add the edge with its reason.`,
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: [name, ...modules[name].imports].map((allowed) => `^src/${allowed}/`) },
}));

const doorsOf = (name) => ['index.ts', ...(modules[name].doors ?? [])].map((file) => `^src/${name}/${file}$`);

const doors = names.map((name) => ({
  name: `${name}-door`,
  severity: 'error',
  comment: `other modules reach ${name} through its doors only: index.ts and those that architecture.json lists, for what must not be loaded with it`,
  from: { path: '^src/', pathNot: `^src/${name}/` },
  to: { path: `^src/${name}/`, pathNot: doorsOf(name) },
}));

export default {
  forbidden: [
    ...edges,
    ...doors,
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'data flows one way',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'the import leads nowhere',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'tests-stay-out',
      severity: 'error',
      comment: 'product code does not import tests',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^test/|\\.test\\.ts$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    exclude: '\\.test\\.ts$|/testdata/',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};

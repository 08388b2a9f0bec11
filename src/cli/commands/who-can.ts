import { type Command, InvalidArgumentError } from 'commander';
import { printableLines } from '#foundation/index.ts';
import type { ManifestObject } from '#manifests/index.ts';
import { type Binding, describeSubject, type Grant, type Question, Rbac, type Subject, whoCan } from '#rbac/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Finish } from '../program.ts';
import { readManifestFiles } from './manifest-files.ts';

interface WhoCanFlags {
  readonly in: string;
  readonly subresource?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly json?: boolean;
}

type Asked = Question | { readonly verb: string; readonly path: string };

export function declareWhoCanCommand(program: Command, finish: Finish): void {
  program
    .command('who-can')
    .argument('<verb>', 'get, list, create, impersonate, …', parseVerb)
    .argument('<resource>', 'pods, pods/exec, deployments.apps; or an address of the interface server, /metrics')
    .description(
      'Says to whom the roles and bindings of manifests give a right, and through which binding and rule, as the API server decides.',
    )
    .option('--in <path>', 'the manifests: a file, or a directory with all that is below it', '.')
    .option('--subresource <name>', 'the same as behind a slash')
    .option('--name <name>', 'of one object')
    .option('-n, --namespace <name>', 'only what counts in this namespace')
    .option('--json', 'for programs')
    .action(async (verb: string, resource: string, flags: WhoCanFlags) =>
      finish(await runWhoCan(verb, resource, flags)),
    );
}

function parseVerb(text: string): string {
  if (text !== text.toLowerCase()) throw new InvalidArgumentError('Verbs are lower case.');
  return text;
}

async function runWhoCan(verb: string, resource: string, flags: WhoCanFlags): Promise<ExitCode> {
  const asked = questionOf(verb, resource, flags);
  const { objects, unread } = await readManifestFiles(flags.in, isAboutRights);
  const sources = new Map(objects.map((object) => [object.json as unknown, object]));
  const rbac = new Rbac(sources.keys());
  const { grants, missing } = whoCan(rbac, asked);
  const answer = {
    question: asked,
    holders: grants.map((grant) => holderOf(grant, sources)),
    unknown: missing.map((binding) => unknownOf(binding, sources)),
    unread: rbac.bindings.some(({ object }) => object !== undefined)
      ? unread
      : [...unread, `no binding is in ${flags.in}`],
  };
  if (flags.json === true) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else process.stdout.write(printableLines(`${textOf(answer).join('\n')}\n`));
  return answer.unknown.length > 0 || answer.unread.length > 0 ? exitCodes.notAssessed : exitCodes.ok;
}

function isAboutRights(text: string): boolean {
  return /\bkind["']?:\s{0,10}["']?(?:Cluster)?Role/.test(text);
}

/** `deployments.apps`: resources have no dots in their names, groups nearly always. */
function questionOf(verb: string, text: string, { subresource, name, namespace }: WhoCanFlags): Asked {
  if (text.startsWith('/')) return { verb, path: text };
  const [whole = '', behind] = text.split('/');
  const dot = whole.indexOf('.');
  const sub = subresource ?? behind;
  return {
    verb,
    resource: dot === -1 ? whole : whole.slice(0, dot),
    ...(dot !== -1 && { group: whole.slice(dot + 1) }),
    ...(sub !== undefined && { subresource: sub }),
    ...(name !== undefined && { name }),
    ...(namespace !== undefined && { namespace }),
  };
}

type Sources = ReadonlyMap<unknown, ManifestObject>;

/** One who may, as `--json` shows it. Places are absent for what every cluster has. */
interface Holder {
  readonly subject: Omit<Subject, 'index'>;
  /** Absent: in the whole cluster. */
  readonly namespace?: string;
  /** Absent: every object. */
  readonly names?: readonly string[];
  readonly binding: { readonly kind: string; readonly name: string; readonly place?: string };
  readonly role: { readonly kind: string; readonly name: string };
  readonly rule: { readonly place?: string };
}

function holderOf({ binding, subject, role, rule }: Grant, sources: Sources): Holder {
  const { kind, name, namespace } = subject;
  const names = rule.rule.resourceNames;
  const bindingPlace = placeIn(sources, binding.object, 'subjects', subject.index);
  const rulePlace = placeIn(sources, rule.role.object, 'rules', rule.index);
  return {
    subject: { kind, name, ...(namespace !== undefined && { namespace }) },
    ...(binding.namespace !== undefined && { namespace: binding.namespace }),
    ...(names.length > 0 && { names }),
    binding: { kind: binding.kind, name: binding.name, ...bindingPlace },
    role: { kind: role.kind, name: role.name },
    rule: { ...rulePlace },
  };
}

function placeIn(sources: Sources, value: unknown, ...path: readonly (string | number)[]): { place?: string } {
  const source = value === undefined ? undefined : sources.get(value);
  return source === undefined ? {} : { place: `${source.file}:${source.position(...path).line}` };
}

interface Unknown {
  readonly binding: { readonly kind: string; readonly name: string; readonly place?: string };
  readonly role: { readonly kind: string; readonly name: string };
}

function unknownOf(binding: Binding, sources: Sources): Unknown {
  const { kind, name, role } = binding;
  return { binding: { kind, name, ...placeIn(sources, binding.object, 'roleRef') }, role };
}

interface Answer {
  readonly question: Asked;
  readonly holders: readonly Holder[];
  readonly unknown: readonly Unknown[];
  readonly unread: readonly string[];
}

function textOf({ question, holders, unknown, unread }: Answer): string[] {
  return [
    holders.length === 0
      ? `Nobody may ${describeQuestion(question)}, as far as is known.`
      : `May ${describeQuestion(question)}:`,
    ...holders.flatMap(linesOf),
    ...(unknown.length > 0 ? ['', 'Not known, as the role is not among the manifests:'] : []),
    ...unknown.map(
      ({ binding, role }) =>
        `  ${binding.kind} ${binding.name} (${binding.place ?? ''}) gives ${role.kind} ${role.name}`,
    ),
    ...(unread.length > 0 ? ['', 'Not read:'] : []),
    ...unread.map((reason) => `  ${reason}`),
  ];
}

function describeQuestion(question: Asked): string {
  if ('path' in question) return `${question.verb} ${question.path}`;
  const { verb, resource, group, subresource, name, namespace } = question;
  const what = `${resource}${group === undefined ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
  return `${verb} ${what}${name === undefined ? '' : ` ${name}`}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
}

function linesOf({ subject, namespace, names, binding, role, rule }: Holder): string[] {
  const where = namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`;
  const only = names === undefined ? '' : `, only ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
  return [
    `  ${describeSubject({ ...subject, index: 0 })}  ${where}${only}`,
    `    by ${binding.kind} ${binding.name} (${binding.place ?? 'of every cluster'}) and ${role.kind} ${role.name} (${rule.place ?? 'of every cluster'})`,
  ];
}

import type { Command } from 'commander';
import { auditCatalog, bareContext, syscallCatalog } from '#detection/index.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { print } from './files.ts';

interface FieldsFlags {
  readonly source: string;
  readonly json?: boolean;
}

export function declareFields(group: Command, finish: Finish): void {
  group
    .command('fields')
    .argument('[prefix]', 'only fields that begin so: proc, fd, ka')
    .description('Lists the fields that conditions and outputs may name, with type and meaning.')
    .option('--source <source>', 'syscall or k8s_audit; default: both', '')
    .option('--json', 'machine-readable result')
    .action((prefix: string | undefined, flags: FieldsFlags) => {
      runFields(prefix ?? '', flags);
      finish(exitCodes.ok);
    });
}

function runFields(prefix: string, { source, json }: FieldsFlags): void {
  const catalogs = [syscallCatalog(bareContext), auditCatalog(bareContext)].filter(
    (catalog) => source === '' || catalog.source === source,
  );
  const fields = catalogs.flatMap((catalog) =>
    catalog.fields
      .filter(({ name }) => name.startsWith(prefix))
      .map((field) => ({
        source: catalog.source,
        name: field.name,
        type: field.list ? `list of ${field.type}` : field.type,
        argument: field.argument ?? 'none',
        seen: field.unseen !== true,
        ...(field.deprecated !== undefined && { deprecated: field.deprecated }),
        description: field.description,
      })),
  );
  if (json) process.stdout.write(`${JSON.stringify({ fields }, null, 2)}\n`);
  else
    print(
      fields.map(
        ({ name, type, argument, seen, deprecated, description }) =>
          `${nameOf(name, argument).padEnd(44)} ${type.padEnd(13)} ${description}${seen ? '' : ' (no sensor says it)'}${deprecated === undefined ? '' : ' (deprecated)'}`,
      ),
    );
}

function nameOf(name: string, argument: string): string {
  if (argument === 'none') return name;
  return argument === 'required' ? `${name}[...]` : `${name}([...])`;
}

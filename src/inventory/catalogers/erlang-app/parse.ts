import { linesOf } from '#foundation/documents/index.ts';
import type { PackageType } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { fileName } from '../places.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const NAME = /\{\s{0,99}application\s{0,99},\s{0,99}(?:([a-z][\w@]{0,250})|'([^'\n]{1,250})')\s{0,99},/;
const VERSION = /\{\s{0,99}vsn\s{0,99},\s{0,99}"([^"\n]{1,250})"/;

/** Applications of Erlang/OTP and Elixir, which no registry gives out. */
const OTP = new Set(
  (
    'asn1 common_test compiler crypto debugger dialyzer diameter edoc eldap erl_docgen erl_interface erts et eunit ftp inets ' +
    'jinterface kernel megaco mnesia observer odbc os_mon parsetools public_key reltool runtime_tools sasl snmp ssh ssl stdlib ' +
    'syntax_tools tftp tools wx xmerl eex elixir ex_unit iex logger mix'
  ).split(' '),
);

/**
 * `ebin/<application>.app`: `{application, Name, [{vsn, "1.2.3"}, …]}.` What is not part of Erlang or Elixir is taken for a package
 * of Hex, from which nearly all applications come: the file does not tell.
 */
export function parseApplication(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'erlang-app', 'directory of an Erlang application');
  if (!/(?:^|\/)ebin\/[^/]+$/.test(file.path)) return records.result();
  const text = withoutComments(file.text());
  const [, plain, quoted] = NAME.exec(text) ?? [];
  const name = plain ?? quoted;
  if (name === undefined) records.unusable(fileName(file.path));
  else records.add({ name, version: VERSION.exec(text)?.[1] ?? '', type: typeOf(name) });
  return records.result();
}

function typeOf(name: string): PackageType {
  return OTP.has(name) ? 'otp' : 'hex';
}

function withoutComments(text: string): string {
  return [...linesOf(text)].filter((line) => !/^[ \t]{0,99}%/.test(line)).join('\n');
}

import { err, ok, type Result } from '#foundation/index.ts';
import { capabilitiesText, commandNames, flagTexts, modeText, nodeModeText } from '../fields/names.ts';

/** The number for names of flags, found by asking each bit for its name. `O_WRONLY|O_CREAT` */
export function flagsNumber(type: string, text: string): Result<number> {
  const write = flagTexts.get(type) ?? (type === 'creat' ? flagTexts.get('open') : undefined);
  if (write === undefined) return err(`${type} has no flags with names`);
  let value = 0;
  for (const name of text.split('|')) {
    const bit = bitNamed(name, write);
    if (bit === undefined) return err(`${type} has no flag ${name}`);
    value += bit;
  }
  return ok(value);
}

const ACCESS = ['O_RDONLY', 'O_WRONLY', 'O_RDWR'];

function bitNamed(name: string, write: (flags: number) => string): number | undefined {
  if (ACCESS.includes(name)) return ACCESS.indexOf(name);
  for (let bit = 0; bit < 32; bit++)
    if (
      write(2 ** bit)
        .split('|')
        .includes(name)
    )
      return 2 ** bit;
  return undefined;
}

export function commandNumber(type: string, name: string): Result<number> {
  const write = commandNames.get(type);
  for (let number = 0; write !== undefined && number < 0x4300; number++) if (write(number) === name) return ok(number);
  return err(`${type} has no command ${name}`);
}

/** `0755`, `S_ISUID|S_IXUSR` or `S_IFCHR` */
export function modeNumber(text: string): Result<number> {
  if (/^0?[0-7]{3,7}$/.test(text)) return ok(Number.parseInt(text, 8));
  let value = 0;
  for (const name of text.split('|')) {
    const number =
      [...Array(16).keys()].map((bit) => 2 ** bit).find((bit) => modeText(bit) === name) ?? typeNamed(name);
    if (number === undefined) return err(`there is no mode ${name}`);
    value += number;
  }
  return ok(value);
}

function typeNamed(name: string): number | undefined {
  return [0o100000, 0o20000, 0o60000, 0o10000, 0o140000].find((type) => nodeModeText(type) === name);
}

export function capabilitiesNumber(names: readonly string[]): Result<number> {
  let value = 0;
  for (const name of names) {
    const bit = [...Array(41).keys()].find((number) => capabilitiesText(2 ** number) === name);
    if (bit === undefined) return err(`there is no capability ${name}`);
    value += 2 ** bit;
  }
  return ok(value);
}

import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { refuse } from './ask.ts';
import { type Connection, connect, type ServerFlags } from './connection.ts';

/** Does something with a server by its interface. */
export async function withServer(
  flags: ServerFlags,
  work: (connection: Connection) => Promise<ExitCode>,
): Promise<ExitCode> {
  const connection = await connect(flags, process.env);
  if (!connection.ok) return refuse({ message: connection.error, exitCode: exitCodes.usage });
  try {
    return await work(connection.value);
  } finally {
    connection.value.http.close();
  }
}

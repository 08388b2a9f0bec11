import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { createSecureContext, TLSSocket } from 'node:tls';

export interface SmtpServer {
  readonly port: number;
  /** What was accepted, with the envelope. */
  readonly mails: {
    readonly from: string;
    readonly to: readonly string[];
    readonly text: string;
    readonly secure: boolean;
  }[];
  /** Credentials as they came, decoded: `\0user\0password`. */
  readonly credentials: string[];
  close(): Promise<void>;
}

export interface SmtpOptions {
  /** For STARTTLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** The answer to the end of the mail; `250 OK` when absent. */
  answer?(count: number): string;
}

/** An SMTP server on 127.0.0.1: as much of RFC 5321, 3207 and 4954 as a client needs. */
export async function startSmtpServer({ tls, answer = () => '250 OK' }: SmtpOptions = {}): Promise<SmtpServer> {
  const mails: SmtpServer['mails'] = [];
  const credentials: string[] = [];
  const sockets = new Set<Socket>();
  const talk = (socket: Socket, secure: boolean): void => {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let [from, to, text]: [string, string[], string[] | undefined] = ['', [], undefined];
    const collect = (line: string, content: string[]) => {
      if (line !== '.') return content.push(line);
      const told = answer(mails.length + 1);
      if (told.startsWith('250')) mails.push({ from, to, text: content.join('\n'), secure });
      text = undefined;
      to = [];
      return say(told);
    };
    const lines = createInterface({ input: socket });
    socket.on('error', () => lines.close());
    lines.on('line', (line) => {
      if (text !== undefined) return collect(line, text);
      const [verb = '', rest = ''] = line.split(/ (.*)/s);
      switch (verb.toUpperCase()) {
        case 'EHLO':
          if (tls && !secure) say('250-STARTTLS');
          return say('250 AUTH PLAIN');
        case 'STARTTLS': {
          if (!tls) return say('502 No');
          say('220 Go on');
          lines.close();
          socket.removeAllListeners('data');
          const context = createSecureContext({ cert: tls.certificate, key: tls.key });
          const upgraded = new TLSSocket(socket, { isServer: true, secureContext: context });
          upgraded.on('error', () => socket.destroy());
          return talk(upgraded, true);
        }
        case 'AUTH':
          credentials.push(Buffer.from(rest.split(' ')[1] ?? '', 'base64').toString());
          return say('235 Yes');
        case 'MAIL':
          from = /<(.*?)>/.exec(rest)?.[1] ?? '';
          return say('250 OK');
        case 'RCPT':
          to.push(/<(.*?)>/.exec(rest)?.[1] ?? '');
          return say('250 OK');
        case 'DATA':
          text = [];
          return say('354 Go on');
        case 'QUIT':
          say('221 Bye');
          return socket.end();
        default:
          return say('250 OK');
      }
    });
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.write('220 test\r\n');
    talk(socket, false);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    mails,
    credentials,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Outcome, Outgoing } from '#notifications/index.ts';
import { outcomeOf, type Sending } from './sending.ts';

const TIMEOUT_MS = 15_000;

/** One mail over SMTP, to the address that was checked; its certificate has to be of the name. */
export async function sendMail(
  { server, mail }: Extract<Outgoing, { protocol: 'smtp' }>,
  { outbound }: Sending,
): Promise<Outcome> {
  const checked = await outbound.check(server.host);
  if (!checked.ok) return outcomeOf(checked.error);
  const { user, password, security } = server;
  const transport = createTransport({
    host: checked.value.address,
    port: server.port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { ...(isIP(server.host) === 0 && { servername: server.host }), minVersion: 'TLSv1.2' },
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // Nothing in a mail is read from a file or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { inReplyTo } = mail;
    await transport.sendMail({
      from: mail.from,
      to: [...mail.to],
      subject: mail.subject,
      text: mail.text,
      messageId: mail.messageId,
      ...(inReplyTo !== undefined && { inReplyTo, references: [inReplyTo] }),
      // RFC 3834: nobody's absence note should answer.
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { kind: 'delivered', thread: inReplyTo ?? mail.messageId };
  } catch (error) {
    return failureOf(error, server.host);
  } finally {
    transport.close();
  }
}

/** 5xx is for good (RFC 5321, 4.2.1), except that a password can be mended and the same mail sent then: that is for a person too. */
function failureOf(error: unknown, host: string): Outcome {
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : undefined;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no connection';
  if (status !== undefined && status >= 500)
    return { kind: 'rejected', error: `the mail server refused it with ${status} (${code})` };
  if (status !== undefined) return { kind: 'failed', error: `the mail server answered with ${status} (${code})` };
  return { kind: 'failed', error: `the mail server ${host} cannot be used (${code})` };
}

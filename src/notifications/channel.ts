import type { z } from 'zod';
import type { Message } from './message.ts';

/** What a channel wants sent. Pure data: who sends it checks the address, bounds the time and follows no redirect. */
export type Outgoing =
  | {
      readonly protocol: 'http';
      readonly method: 'POST' | 'PUT' | 'PATCH';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | {
      readonly protocol: 'smtp';
      readonly server: SmtpServer;
      readonly mail: Mail;
    }
  | {
      readonly protocol: 'syslog';
      readonly transport: 'udp' | 'tcp' | 'tls';
      readonly host: string;
      readonly port: number;
      /** Each a whole message of RFC 5424, without framing. */
      readonly messages: readonly string[];
    };

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte; `starttls`: required; `none`: in the clear, for a relay nearby. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** With angle brackets. */
  readonly messageId: string;
  /** Message-ID of the first mail of the thread. */
  readonly inReplyTo?: string | undefined;
}

/** What came of it. */
export type Outcome =
  /** `thread`: what later messages of the same thread refer to. */
  | { readonly kind: 'delivered'; readonly thread?: string | undefined }
  /** Worth another try, not before `afterMs`. */
  | { readonly kind: 'failed'; readonly error: string; readonly afterMs?: number | undefined }
  /** The same message would be refused again. */
  | { readonly kind: 'rejected'; readonly error: string };

export interface ComposeContext {
  readonly now: Date;
  /** Of the first message of the thread, if there was one that had it. */
  readonly thread: string | undefined;
}

/** A way to tell somebody. A leaf: it makes what is to be sent from a message and its settings, and reads answers; it sends nothing. */
export interface DeclaredChannel<Settings> {
  /** Public and permanent: `slack`. */
  readonly id: string;
  readonly title: string;
  /** Documentation of the receiver's interface. */
  readonly references: readonly string[];
  readonly settings: z.ZodType<Settings>;
  /** Settings that are sealed at rest and never shown again. */
  readonly secrets: readonly (keyof Settings & string)[];
  /** Settings that say where secrets are sent to: who changes one has to give the secrets again, or could have them sent to themselves. */
  readonly destination: readonly (keyof Settings & string)[];
  /** In the order in which they are sent; none when the events say nothing to this receiver. All are sent again when one fails. */
  compose(message: Message, settings: Settings, context: ComposeContext): readonly Outgoing[];
  /** Reads the body of an answer of status 2xx; without it, such an answer is a delivery. */
  readAnswer?(body: string): Outcome;
}

/** A channel whose settings are not known yet. */
export interface Channel extends Omit<DeclaredChannel<unknown>, 'secrets' | 'destination' | 'compose'> {
  readonly secrets: readonly string[];
  readonly destination: readonly string[];
  /** Throws for settings that are not the channel's. */
  compose(message: Message, settings: unknown, context: ComposeContext): readonly Outgoing[];
}

export function declareChannel<Settings>(declared: DeclaredChannel<Settings>): Channel {
  return {
    ...declared,
    compose: (message, settings, context) => declared.compose(message, declared.settings.parse(settings), context),
  };
}

/** A POST of JSON. */
export function postJson(url: string, document: unknown, headers: Readonly<Record<string, string>> = {}): Outgoing {
  return {
    protocol: 'http',
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(document),
  };
}

import type { Submission } from '#findings/index.ts';
import type { Result } from '#foundation/index.ts';

/** What was uploaded, parsed. */
export interface UploadedDocument {
  readonly json: unknown;
}

/** What whoever uploads says beside it. */
export interface UploadContext {
  /** Needed where the document does not name what it is about. */
  readonly asset?: Submission['asset'];
  /** Of the artifact, where the document does not say. */
  readonly digest?: string;
  /** For documents without a time of their own. */
  readonly receivedAt: Date;
}

/** Reads what one tool writes. */
export interface IntakeFormat {
  /** Public and permanent: `trivy`. */
  readonly id: string;
  /** For people: `Trivy JSON`. */
  readonly name: string;
  /** Whether the document is of this format, by marks that others do not have. */
  recognises(json: unknown): boolean;
  /** Pure. An error is a sentence that says what is wrong, and what to do. */
  read(document: UploadedDocument, context: UploadContext): Result<Submission>;
}

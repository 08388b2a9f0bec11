import type { Query } from '../index.ts';

/** Keeps a secret that the person has yet to confirm with a code. False when one is in use. */
export async function proposeTotp(query: Query, account: string, sealed: string): Promise<boolean> {
  const kept = await query
    .updateTable('account')
    .set({ totp_secret: sealed })
    .where('id', '=', account)
    .where('totp_confirmed_at', 'is', null)
    .executeTakeFirst();
  return kept.numUpdatedRows > 0n;
}

/** Sealed; undefined when none waits for its confirmation. */
export async function proposedTotp(query: Query, account: string): Promise<string | undefined> {
  const found = await query
    .selectFrom('account')
    .select('totp_secret')
    .where('id', '=', account)
    .where('totp_confirmed_at', 'is', null)
    .executeTakeFirst();
  return found?.totp_secret ?? undefined;
}

export async function confirmTotp(query: Query, account: string, step: number, at: Date): Promise<void> {
  await query
    .updateTable('account')
    .set({ totp_confirmed_at: at, totp_step: step })
    .where('id', '=', account)
    .execute();
}

export async function removeTotp(query: Query, account: string): Promise<void> {
  await query
    .updateTable('account')
    .set({ totp_secret: null, totp_confirmed_at: null })
    .where('id', '=', account)
    .execute();
  await query.deleteFrom('recovery_code').where('account_id', '=', account).execute();
}

/** Whether this step's code was not used before (RFC 6238, section 5.2). */
export async function useTotpStep(query: Query, account: string, step: number): Promise<boolean> {
  const used = await query
    .updateTable('account')
    .set({ totp_step: step })
    .where('id', '=', account)
    .where('totp_step', '<', step)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
}

export async function replaceRecoveryCodes(query: Query, account: string, hashes: readonly Buffer[]): Promise<void> {
  await query.deleteFrom('recovery_code').where('account_id', '=', account).execute();
  await query
    .insertInto('recovery_code')
    .values(hashes.map((hash) => ({ account_id: account, hash })))
    .execute();
}

/** Whether it was one of them; it no longer is. */
export async function useRecoveryCode(query: Query, account: string, hash: Buffer): Promise<boolean> {
  const used = await query
    .deleteFrom('recovery_code')
    .where('account_id', '=', account)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return used.numDeletedRows > 0n;
}

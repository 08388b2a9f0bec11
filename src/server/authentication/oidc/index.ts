export { accountOf } from './account.ts';
export { secretUse } from './client.ts';
export { beginSignIn, CALLBACK, finishSignIn } from './sign-in.ts';

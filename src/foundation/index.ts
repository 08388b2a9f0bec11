export {
  createHttpClient,
  type HttpCallOptions,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequestOptions,
  type HttpResponse,
  type HttpStream,
} from './http/client.ts';
export type { Download, DownloadOptions, DownloadProgress } from './http/download.ts';
export { displayUrl, type HttpError, type HttpErrorCode, HttpFailure } from './http/http-error.ts';
export { keepCredentialsAtOrigin, type RedirectHook, type RequestHeaders } from './http/redirect.ts';
export { mergeProblems, type Problem } from './problem.ts';
export { err, ok, type Result } from './result.ts';
export { programVersion, userAgent } from './version.ts';

export { openApiDocument } from './openapi.ts';
export { routes } from './routes/index.ts';
export { type RunningServer, type ServeSettings, serve } from './serve.ts';

/**
 * Node's HTTP, TLS and socket modules, loaded when the first request is made. An `import` of `node:http` alone costs every start of the program some 30 ms,
 * since it also loads the parts behind `fetch`; most scans talk to nobody.
 */
export const platform = {
  get http(): typeof import('node:http') {
    return process.getBuiltinModule('node:http');
  },
  get https(): typeof import('node:https') {
    return process.getBuiltinModule('node:https');
  },
  get tls(): typeof import('node:tls') {
    return process.getBuiltinModule('node:tls');
  },
} as const;

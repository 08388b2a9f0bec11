import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `tools/build-console.ts` builds with this. `npx vite console` serves the sources with reload; the API is that of a running server. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwind()],
  build: {
    // What needs less is handed out as files: `data:` is not in the policy of the pages.
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    target: 'es2023',
    emptyOutDir: true,
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    host: '127.0.0.1',
    port: 18_401,
    proxy: { '/api': { target: process.env['PLIMSOLL_SERVER'] ?? 'http://127.0.0.1:7480' } },
  },
});

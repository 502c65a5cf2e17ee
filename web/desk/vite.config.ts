import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The page runs under a policy that loads nothing from elsewhere and no script
// or style that stands in a document (web/doors.go): nothing is inlined.
export default defineConfig({
  plugins: [svelte({ configFile: false })],
  publicDir: 'public', // its .keep comes back into dist each time, where git keeps it so that Go builds without Node
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8317' } },
});

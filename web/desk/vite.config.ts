import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The page runs under a policy that loads nothing from elsewhere and no script
// or style that stands in a document (web/doors.go): nothing is inlined.
export default defineConfig({
  plugins: [svelte()],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: false, // dist/.keep stays, so that Go builds without Node
    target: 'es2022',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8317' } },
});

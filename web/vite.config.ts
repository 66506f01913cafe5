import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // No prefresh: the page is built and served by the server, which alone sets its headers.
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  // Small files stay files: a data: URL is what the content policy refuses for styles and scripts.
  build: { outDir: '../dist/web', emptyOutDir: true, assetsDir: 'app', assetsInlineLimit: 0, target: 'es2022' },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * One build for everything that runs: `main` holds each Node entry (the Electron shell, the command
 * line, the data plane's worker, the program of a pod's sidecar, the process guardian), `renderer` is the app, which the shell loads
 * and the engine serves to a browser.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20',
      sourcemap: true,
      // A pod's sidecar has no node_modules beside it.
      externalizeDeps: { exclude: ['re2js'] },
      rollupOptions: {
        input: {
          shell: 'src-main/shell/main.ts',
          cli: 'src-main/cli/main.ts',
          'data-plane': 'src-main/proxy/main.ts',
          pod: 'src-main/pod/main.ts',
          stubs: 'src-main/runtime/stub/main.ts',
          guardian: 'src-main/runtime/process/guardian/main.ts',
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { preload: 'src-main/shell/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // One page from loopback: a second request would cost more than the parsing that it saves.
      chunkSizeWarningLimit: 2500,
      rollupOptions: { input: 'src-renderer/index.html' },
    },
  },
});

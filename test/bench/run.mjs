// `npm run bench [-- --json] [--quick] [--only hop,grpc,…]`: builds what is measured and runs it. Plain
// Node. The cases: hop, memory, shop, history, app, docker, and those of cases/catalogue.ts.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from '../../src-main/cli/launch/prepare.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

await prepare();
const { build } = await import('vite');
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir: 'out/bench',
    emptyOutDir: true,
    rollupOptions: {
      // The programs are started by their place: none may be put into a chunk somewhere else.
      output: { chunkFileNames: '[name].js' },
      input: {
        bench: `${root}test/bench/main.ts`,
        hop: `${root}test/bench/peers/faultline-process.ts`,
        worker: `${root}src-main/proxy/main.ts`,
        history: `${root}test/bench/history.ts`,
        'echo-client': `${root}test/bench/loads/echo-client.ts`,
        'echo-service': `${root}test/bench/services/echo-service.ts`,
        'grpc-service': `${root}test/bench/services/grpc-service.ts`,
      },
    },
  },
});
const child = spawn(process.execPath, [`${root}out/bench/bench.js`, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
child.on('exit', (code) => (process.exitCode = code ?? 1));

// `npm run bench [-- --json] [-- --quick]`: builds what is measured and runs it. Plain Node.
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
      input: {
        bench: `${root}test/bench/main.ts`,
        hop: `${root}test/bench/peers/faultline-process.ts`,
      },
    },
  },
});
const child = spawn(process.execPath, [`${root}out/bench/bench.js`, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
child.on('exit', (code) => (process.exitCode = code ?? 1));

/**
 * The shell for an old Electron (9, Chromium 83, Node 12), the only one that a package registry
 * carries: today's is downloaded from elsewhere, which not every machine may do. The sources are the
 * same; syntax is lowered, and what was not yet there is put in front.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const MISSING = `{
URL.canParse = (text) => { try { new URL(text); return true; } catch { return false; } };
const { app: theApp, ipcMain: theIpc } = require('electron');
theApp.on('web-contents-created', (_event, contents) => {
  contents.setWindowOpenHandler = (decide) => contents.on('new-window', (event, url) => {
    if (decide({ url }).action === 'deny') event.preventDefault();
  });
});
const handle = theIpc.handle.bind(theIpc);
theIpc.handle = (channel, act) => handle(channel, (event, ...params) =>
  act(Object.assign(event, { senderFrame: { url: event.sender.getURL(), parent: null } }), ...params));
}`;

/** Node 12 knows neither `node:` nor `fs/promises`. */
const oldNode: Plugin = {
  name: 'old-node',
  enforce: 'pre',
  resolveId(id) {
    if (id === 'node:fs/promises') return '\0fs-promises';
    return id.startsWith('node:') ? { id: id.slice('node:'.length), external: true } : undefined;
  },
  load(id) {
    if (id !== '\0fs-promises') return undefined;
    return "import { promises } from 'fs'; export const { writeFile } = promises;";
  },
};

/** Builds the shell into `folder`, beside a command that leads to the built one; gives its file. */
export async function buildForOldElectron(folder: string): Promise<string> {
  await buildOne(join(folder, 'main'), 'shell', 'main.ts', MISSING);
  await buildOne(join(folder, 'preload'), 'preload', 'preload.ts', '');
  const cli = pathToFileURL(join(ROOT, 'out/main/cli.js')).href;
  await writeFile(join(folder, 'main', 'cli.js'), `import(${JSON.stringify(cli)});\n`);
  return join(folder, 'main', 'shell.cjs');
}

async function buildOne(folder: string, name: string, file: string, banner: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [oldNode],
    build: {
      ssr: join(ROOT, 'src-main/shell', file),
      outDir: folder,
      target: 'es2019',
      rollupOptions: {
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, banner },
      },
    },
  });
}

/** The shop as a person starts it: how long until its first page, and how long a change takes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { packageFolder } from '../../src-main/runtime/built-files.ts';
import { median } from './loads/measured.ts';

export interface ShopFigures {
  /** From the command to the first 200 through the gateway, milliseconds. */
  readonly startup: number;
  /** From an edit to the last proxy's acknowledgement, milliseconds. */
  readonly change: number;
  /** The 99th percentile of |injected − asked for|, milliseconds. */
  readonly delay: number;
}

interface Up {
  readonly gateway: { readonly url: string };
  readonly app: { readonly url: string };
}

const ASKED = 100;

export async function measureShop(runs: number): Promise<ShopFigures> {
  const starts: number[] = [];
  let last: Omit<ShopFigures, 'startup'> = { change: 0, delay: 0 };
  for (let run = 0; run < runs; run++) {
    const [startup, figures] = await measureOnce(run === runs - 1);
    starts.push(startup);
    if (figures) last = figures;
  }
  return { startup: median(starts), ...last };
}

async function measureOnce(
  whole: boolean,
): Promise<[number, Omit<ShopFigures, 'startup'> | undefined]> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
  cpSync(join(packageFolder(), 'fixtures/shop'), folder, { recursive: true });
  const file = join(folder, 'faultline.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace('port: 8080', 'port: 0').replace('visitors:', '$&\n  enabled: false'),
  );
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(packageFolder(), 'out/main/cli.js'), 'up', '--json', file],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const up = JSON.parse(line) as Up;
    const page = await fetch(up.gateway.url);
    await page.text();
    const startup = performance.now() - began;
    if (page.status !== 200) throw new Error(`the first page is ${page.status}`);
    return [startup, whole ? await measureLive(up) : undefined];
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureLive(up: Up): Promise<Omit<ShopFigures, 'startup'>> {
  const rpc = await connect(up.app.url);
  let { version } = ((await rpc.call('subscribe', {})) as { document: { version: number } })
    .document;
  const edit = async (change: object): Promise<void> => {
    ({ version } = (await rpc.call('edit', { base: version, edit: change })) as {
      version: number;
    });
  };
  const changes: number[] = [];
  for (let i = 0; i < 20; i++) {
    const began = performance.now();
    await edit({ kind: 'set-timeout', service: 'users', timeout: 1000 + i });
    changes.push(performance.now() - began);
  }
  const delay = { duration: ASKED, percentage: 100 };
  await edit({
    kind: 'put-fault',
    fault: {
      name: 'bench',
      enabled: true,
      from: 'gateway',
      to: 'storefront',
      match: {},
      random: false,
      delay,
    },
  });
  const delays: number[] = [];
  for (let i = 0; i < 100; i++) {
    const trace = i.toString(16).padStart(32, 'a');
    await (
      await fetch(`${up.gateway.url}/api/products`, {
        headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` },
      })
    ).text();
    delays.push(Math.abs((await injectedOf(rpc, trace)) - ASKED));
  }
  rpc.close();
  return { change: median(changes), delay: delays.toSorted((a, b) => a - b)[98] ?? 0 };
}

interface Rpc {
  call(method: string, params: object): Promise<unknown>;
  close(): void;
}

async function connect(appUrl: string): Promise<Rpc> {
  const url = new URL(appUrl);
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  const socket = new WebSocket(`ws://${url.host}/rpc?token=${token}`);
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let id = 0;
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as {
      id?: number;
      result?: unknown;
      error?: { message: string };
    };
    const found = waiting.get(message.id ?? -1);
    if (message.error) found?.reject(new Error(message.error.message));
    else found?.resolve(message.result);
  });
  await once(socket, 'open');
  return {
    close: () => socket.close(),
    call: (method, params) =>
      new Promise((resolve, reject) => {
        waiting.set(++id, { resolve, reject });
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      }),
  };
}

/** Hops reach the engine some milliseconds after the answer reached us. */
async function injectedOf(rpc: Rpc, traceId: string): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      const trace = (await rpc.call('trace', { traceId })) as {
        hops: { direction: string; timing: { injected: number } }[];
      };
      const hop = trace.hops.find(({ direction }) => direction === 'gateway');
      if (hop) return hop.timing.injected;
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`trace ${traceId} did not arrive`);
}

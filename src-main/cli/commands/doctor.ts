/** `faultline doctor`: what is there, what is missing, and how to get it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { portHolder } from '../../engine/port-holder.ts';
import { packageFolder } from '../../runtime/built-files.ts';
import { findContainerLeftovers } from '../../runtime/docker/clean-up.ts';
import { connectEngine } from '../../runtime/docker/connect.ts';
import type { ContainerEngine } from '../../runtime/docker/connect.ts';
import { EngineUnavailable } from '../../runtime/docker/unavailable.ts';
import { findFaketime } from '../../runtime/process/fake-clock.ts';
import { findLeftovers } from '../../runtime/process/leftovers.ts';
import { whyNoMemoryLimit } from '../../runtime/process/memory-limit.ts';
import { findElectron } from '../app/electron.ts';
import { paint, print } from '../output.ts';

interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'missing' | 'warning';
  readonly detail: string;
  /** What to do; absent where all is well. */
  readonly advice?: string;
}

const DEFAULT_PORT = 8080;

export async function doctor(options: { json?: boolean }): Promise<void> {
  const findings = [
    node(),
    build(),
    electron(),
    browser(),
    openssl(),
    ...instanceFaults(),
    ...(await containers()),
    gatewayPort(),
    leftovers(),
  ];
  if (options.json) return print(JSON.stringify({ findings }));
  for (const finding of findings) print(format(finding));
}

function format({ name, state, detail, advice }: Finding): string {
  const mark = {
    ok: paint('green', 'ok     ', process.stdout),
    missing: paint('red', 'missing', process.stdout),
    warning: paint('yellow', 'warning', process.stdout),
  }[state];
  return `${mark}  ${name.padEnd(14)} ${detail}${advice === undefined ? '' : `\n         ${' '.repeat(14)} ${advice}`}`;
}

function node(): Finding {
  return {
    name: 'Node.js',
    state: 'ok',
    detail: `${process.version} on ${process.platform} ${process.arch}`,
  };
}

function build(): Finding {
  const built = existsSync(join(packageFolder(), 'out', 'renderer', 'index.html'));
  if (built) return { name: 'build', state: 'ok', detail: 'the app is built' };
  return {
    name: 'build',
    state: 'missing',
    detail: 'the app is not built',
    advice: 'npm run build',
  };
}

function electron(): Finding {
  const found = findElectron();
  if (found) return { name: 'Electron', state: 'ok', detail: found };
  return {
    name: 'Electron',
    state: 'missing',
    detail: 'its binary is not here: the app opens in the browser',
    advice: 'node node_modules/electron/install.js',
  };
}

function browser(): Finding {
  const name = process.platform === 'linux' ? 'xdg-open' : 'the system opener';
  if (process.platform !== 'linux' || versionOf('xdg-open'))
    return { name: 'browser', state: 'ok', detail: name };
  return {
    name: 'browser',
    state: 'warning',
    detail: 'xdg-open is missing: open the address by hand',
    advice: 'install xdg-utils',
  };
}

function openssl(): Finding {
  const version = versionOf('openssl', ['version']);
  if (version) return { name: 'openssl', state: 'ok', detail: version };
  return {
    name: 'openssl',
    state: 'warning',
    detail: 'only needed to look at certificates by hand',
    advice: 'install openssl',
  };
}

/** What some faults of instances need. */
function instanceFaults(): Finding[] {
  const library = findFaketime();
  const whyNot = whyNoMemoryLimit();
  return [
    library === undefined
      ? {
          name: 'libfaketime',
          state: 'warning',
          detail: 'only needed for faults with the action clockSkew, on Linux',
          advice: 'install libfaketime',
        }
      : { name: 'libfaketime', state: 'ok', detail: library },
    whyNot === undefined
      ? { name: 'prlimit', state: 'ok', detail: 'for faults with the action memoryPressure' }
      : { name: 'prlimit', state: 'warning', detail: `no memoryPressure here: ${whyNot}` },
  ];
}

/** The engine for containers, and what crashed runs have left in it. */
async function containers(): Promise<Finding[]> {
  try {
    const engine = await connectEngine();
    const { address, apiVersion, name, source } = engine;
    const detail = `${name}, API ${apiVersion}, at ${address} (${source})`;
    return [{ name: 'containers', state: 'ok', detail }, ...(await containerLeftovers(engine))];
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    const { advice, code, message } = error;
    const detail = message.slice(0, message.length - advice.length).replace(/: $/, '');
    const state = code === 'not-installed' ? 'missing' : 'warning';
    return [{ name: 'containers', state, detail, advice }];
  }
}

async function containerLeftovers({ docker }: ContainerEngine): Promise<Finding[]> {
  const found = await findContainerLeftovers(docker);
  if (found.length === 0) return [];
  const detail = found
    .map((one) => `${one.containers.length} containers of ${one.meshFile}`)
    .join(', ');
  const advice = 'remove them with "faultline down"; the next mesh with containers does it too';
  return [{ name: 'leftovers', state: 'warning', detail, advice }];
}

function gatewayPort(): Finding {
  const holder = portHolder(DEFAULT_PORT);
  if (holder === undefined)
    return { name: `port ${DEFAULT_PORT}`, state: 'ok', detail: 'is free for the gateway' };
  return {
    name: `port ${DEFAULT_PORT}`,
    state: 'warning',
    detail: `is in use by ${holder}`,
    advice: 'set gateway.port in the document',
  };
}

function leftovers(): Finding {
  const found = findLeftovers();
  if (found.length === 0)
    return { name: 'leftovers', state: 'ok', detail: 'no crashed run has left anything' };
  const detail = found
    .map(({ meshFile, pids }) => `${pids.length} processes of ${meshFile}`)
    .join(', ');
  return {
    name: 'leftovers',
    state: 'warning',
    detail,
    advice: 'the next "faultline up" removes them',
  };
}

/** The first line of what the program says of itself; undefined where it is not there. */
function versionOf(program: string, args: readonly string[] = ['--version']): string | undefined {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split('\n')[0];
  } catch {
    // Not installed, or not willing: for a doctor that is an answer.
    return undefined;
  }
}

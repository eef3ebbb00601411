/** Where an engine may be found on this machine, in the order in which Docker's own command looks. */
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { dockerFolder, readContext, readDockerConfig } from './docker-config.ts';
import { parseEngineAddress } from './engine-address.ts';
import type { EngineAddress } from './engine-address.ts';

/** What an engine's socket belongs to, and so what starts it. */
export type EngineFlavour =
  'engine' | 'rootless' | 'desktop' | 'colima' | 'podman' | 'rancher' | 'orbstack';

export interface Candidate {
  readonly address: EngineAddress;
  /** Who says so: `DOCKER_HOST`, `the context colima`, `Docker Desktop`. */
  readonly source: string;
  readonly flavour: EngineFlavour | undefined;
  /** The user has chosen it: no other is tried where it does not answer. */
  readonly isChosen: boolean;
}

/** A setting that names no engine; `message` says which, and what is expected. */
export class WrongSetting extends Error {}

/** @throws WrongSetting */
export function candidates(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): readonly Candidate[] {
  const chosen = fromHost(env) ?? fromContext(env);
  return chosen ? [chosen] : wellKnown(env, platform);
}

function fromHost(env: NodeJS.ProcessEnv): Candidate | undefined {
  const host = env['DOCKER_HOST'];
  if (host === undefined || host === '') return undefined;
  const isVerified = (env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  const folder = env['DOCKER_CERT_PATH'] ?? dockerFolder(env);
  const wantsTls = isVerified || (env['DOCKER_TLS'] ?? '') !== '';
  const address = parseEngineAddress(host, wantsTls ? { folder, isVerified } : undefined);
  if (address) return { address, source: 'DOCKER_HOST', flavour: undefined, isChosen: true };
  throw new WrongSetting(
    `DOCKER_HOST is "${host}": expected unix://, npipe://, tcp:// or ssh:// and an address`,
  );
}

function fromContext(env: NodeJS.ProcessEnv): Candidate | undefined {
  const folder = dockerFolder(env);
  try {
    const name = env['DOCKER_CONTEXT'] ?? readDockerConfig(folder).currentContext ?? 'default';
    if (name === '' || name === 'default') return undefined;
    const address = readContext(folder, name);
    if (address === undefined) throw new Error(`there is no Docker context "${name}"`);
    const source = `the context ${name}`;
    return { address, source, flavour: flavourOf(name), isChosen: true };
  } catch (error) {
    throw new WrongSetting((error as Error).message, { cause: error });
  }
}

/** Tools call their contexts so. */
function flavourOf(context: string): EngineFlavour | undefined {
  if (context.startsWith('colima')) return 'colima';
  if (context.startsWith('desktop')) return 'desktop';
  if (context === 'rootless' || context === 'orbstack') return context;
  return context.startsWith('rancher') ? 'rancher' : undefined;
}

function wellKnown(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Candidate[] {
  return placesOf(env, platform).map(([flavour, source, path]) => ({
    address: { kind: 'socket', path },
    source,
    flavour,
    isChosen: false,
  }));
}

type Place = readonly [EngineFlavour, string, string];

function placesOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly Place[] {
  if (platform === 'win32') {
    return [
      ['engine', 'Docker', '//./pipe/docker_engine'],
      ['desktop', 'Docker Desktop', '//./pipe/dockerDesktopLinuxEngine'],
      ['podman', 'Podman', '//./pipe/podman-machine-default'],
    ];
  }
  const home = env['HOME'] ?? homedir();
  const runtimeFolder = env['XDG_RUNTIME_DIR'];
  const perUser: readonly Place[] =
    runtimeFolder === undefined
      ? []
      : [
          ['rootless', 'Docker without root', join(runtimeFolder, 'docker.sock')],
          ['podman', 'Podman', join(runtimeFolder, 'podman', 'podman.sock')],
        ];
  const colima = env['COLIMA_HOME'] ?? join(home, '.colima');
  return [
    ['engine', 'Docker Engine', '/var/run/docker.sock'],
    ['desktop', 'Docker Desktop', join(home, '.docker', 'run', 'docker.sock')],
    ['desktop', 'Docker Desktop', join(home, '.docker', 'desktop', 'docker.sock')],
    ...perUser,
    ['colima', 'Colima', join(colima, 'default', 'docker.sock')],
    ['colima', 'Colima', join(home, '.config', 'colima', 'default', 'docker.sock')],
    ['orbstack', 'OrbStack', join(home, '.orbstack', 'run', 'docker.sock')],
    ['rancher', 'Rancher Desktop', join(home, '.rd', 'docker.sock')],
    ['podman', 'Podman', join(tmpdir(), 'podman', 'podman-machine-default-api.sock')],
    ['podman', 'Podman', '/run/podman/podman.sock'],
  ];
}

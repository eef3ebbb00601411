/** Finds the container engine and sees that it can be used. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { WrongSetting, candidates } from './candidates.ts';
import type { Candidate } from './candidates.ts';
import { formatEngineAddress } from './engine-address.ts';
import type { EngineAddress, TlsSettings } from './engine-address.ts';
import { SshAgent } from './ssh-agent.ts';
import {
  EngineUnavailable,
  OLDEST_API,
  explainFailure,
  isAtLeast,
  notInstalled,
  wrongContainers,
  wrongSetting,
  wrongVersion,
} from './unavailable.ts';

/** An engine that answers. */
export interface ContainerEngine {
  readonly docker: Docker;
  /** `unix:///var/run/docker.sock`. */
  readonly address: string;
  /** Who says that it is there: `DOCKER_HOST`, `the context colima`, `Docker Engine`. */
  readonly source: string;
  /** `Docker 28.2.2`, `Podman 5.0`. */
  readonly name: string;
  /** Of the API that it speaks: `1.51`. */
  readonly apiVersion: string;
  /** Reached by a socket of this machine: perhaps in a virtual machine, but with this one's files. */
  readonly isLocal: boolean;
}

/** For an engine to say what it is. */
const PATIENCE = 5_000;
/** One that is reached through SSH must first be connected to. */
const REMOTE_PATIENCE = 35_000;

/** @throws EngineUnavailable with what to do */
export async function connectEngine(env = process.env): Promise<ContainerEngine> {
  let failure: EngineUnavailable | undefined;
  const tried = chosenOrAll(env);
  for (const candidate of tried) {
    const { address, isChosen } = candidate;
    if (!isChosen && isMissing(address)) continue;
    try {
      return await greet(candidate);
    } catch (error) {
      const reason =
        error instanceof EngineUnavailable ? error : explainFailure(candidate, error as Error);
      // The first is the one that most people mean.
      failure ??= reason;
    }
  }
  throw failure ?? notInstalled(tried);
}

function chosenOrAll(env: NodeJS.ProcessEnv): readonly Candidate[] {
  try {
    return candidates(env);
  } catch (error) {
    throw error instanceof WrongSetting ? wrongSetting(error) : error;
  }
}

function isMissing(address: EngineAddress): boolean {
  return address.kind === 'socket' && !existsSync(address.path);
}

async function greet({ address, source }: Candidate): Promise<ContainerEngine> {
  // Not before it is wanted: it is large, and most meshes run as processes.
  const { default: Client } = await import('dockerode');
  const options = clientOptions(address);
  const patience = address.kind === 'ssh' ? REMOTE_PATIENCE : PATIENCE;
  const asked = new Client({ ...options, timeout: patience });
  const { ApiVersion, Version, Os, Components } = await asked.version();
  const isPodman = Components?.some(({ Name }) => /podman/i.test(Name)) ?? false;
  const name = `${isPodman ? 'Podman' : 'Docker'} ${Version}`;
  if (!isAtLeast(ApiVersion, OLDEST_API)) throw wrongVersion(name, ApiVersion);
  if (Os === 'windows') throw wrongContainers('Windows');
  return {
    docker: new Client(options),
    address: formatEngineAddress(address),
    source,
    name,
    apiVersion: ApiVersion,
    isLocal: address.kind === 'socket',
  };
}

/**
 * Everything is given, also what is not wanted: the library would take what is left out from
 * DOCKER_HOST, whichever engine was meant.
 */
export function clientOptions(address: EngineAddress): Docker.DockerOptions {
  const none = {
    socketPath: undefined,
    host: undefined,
    port: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  return { ...none, ...ownOptions(address) };
}

function ownOptions(address: EngineAddress): object {
  switch (address.kind) {
    case 'socket':
      return { protocol: 'http', socketPath: address.path };
    case 'tcp': {
      const { host, port, tls } = address;
      return { host, port, ...(tls ? tlsOptions(tls) : { protocol: 'http' }) };
    }
    case 'ssh':
      // The name is never looked up: the agent makes the connections.
      return { protocol: 'http', host: 'docker', port: 80, agent: new SshAgent(address) };
  }
}

function tlsOptions({ folder, isVerified }: TlsSettings): object {
  const read = (name: string): Buffer | undefined => {
    const file = join(folder, name);
    return folder !== '' && existsSync(file) ? readFileSync(file) : undefined;
  };
  return {
    protocol: 'https',
    ca: read('ca.pem'),
    cert: read('cert.pem'),
    key: read('key.pem'),
    ...(!isVerified && { rejectUnauthorized: false }),
  };
}

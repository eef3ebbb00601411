/** Every way in which there is no engine to speak to, in words that say what to do. */
import { userInfo } from 'node:os';
import type { Candidate, EngineFlavour } from './candidates.ts';
import { formatEngineAddress } from './engine-address.ts';

export type UnavailableCode =
  | 'not-installed'
  | 'not-running'
  | 'no-permission'
  | 'wrong-version'
  | 'wrong-setting'
  | 'wrong-containers'
  | 'unreachable'
  | 'tls'
  | 'ssh';

/** There is no engine; `message` says why and what to do. */
export class EngineUnavailable extends Error {
  readonly code: UnavailableCode;
  /** What to do; part of the message. */
  readonly advice: string;

  constructor(code: UnavailableCode, what: string, advice: string, cause?: unknown) {
    super(`${what}: ${advice}`, { cause });
    this.code = code;
    this.advice = advice;
  }
}

/** The API of Docker 20.10 (December 2020), which Podman 4 speaks too. */
export const OLDEST_API = '1.41';

const HOW_TO_START: Readonly<Record<EngineFlavour, string>> = {
  engine: 'start it with "sudo systemctl start docker"',
  rootless: 'start it with "systemctl --user start docker"',
  desktop: 'start Docker Desktop',
  colima: 'start it with "colima start"',
  podman:
    'start it with "systemctl --user start podman.socket", or "podman machine start" where it has a machine',
  rancher: 'start Rancher Desktop',
  orbstack: 'start OrbStack',
};

export function notInstalled(tried: readonly Candidate[]): EngineUnavailable {
  const places = tried.map(({ address }) => formatEngineAddress(address)).join(', ');
  return new EngineUnavailable(
    'not-installed',
    'no container engine was found',
    `install Docker, Podman or Colima, or say where it is in DOCKER_HOST (looked at ${places})`,
  );
}

export function wrongSetting(error: Error): EngineUnavailable {
  return new EngineUnavailable(
    'wrong-setting',
    error.message,
    'choose an engine with "docker context use", or unset the variable',
    error,
  );
}

export function wrongVersion(version: string, apiVersion: string): EngineUnavailable {
  return new EngineUnavailable(
    'wrong-version',
    `the container engine ${version} speaks version ${apiVersion} of Docker's API`,
    `${OLDEST_API} is needed: update it to Docker 20.10 or Podman 4 at least`,
  );
}

export function wrongContainers(os: string): EngineUnavailable {
  return new EngineUnavailable(
    'wrong-containers',
    `the container engine runs ${os} containers`,
    'switch it to Linux containers',
  );
}

/** Why an engine that should be at `candidate` does not answer. Pure but for the user's name. */
export function explainFailure(candidate: Candidate, error: Error): EngineUnavailable {
  const where = `${formatEngineAddress(candidate.address)} (${candidate.source})`;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (candidate.address.kind === 'ssh') {
    const destination = candidate.address.destination;
    return new EngineUnavailable(
      'ssh',
      `the container engine at ${where} cannot be reached: ${error.message}`,
      `see that "ssh ${destination} docker version" works without a question`,
      error,
    );
  }
  if (code === 'EACCES' || code === 'EPERM') return noPermission(where, candidate, error);
  if (code === 'ECONNREFUSED' || code === 'ENOENT') {
    const advice =
      candidate.flavour === undefined
        ? 'start it, or unset DOCKER_HOST or the context for another one'
        : HOW_TO_START[candidate.flavour];
    const what = `the container engine at ${where} does not run`;
    return new EngineUnavailable('not-running', what, advice, error);
  }
  if (isTlsFailure(code, error)) {
    return new EngineUnavailable(
      'tls',
      `no TLS with the container engine at ${where}: ${error.message}`,
      'see that DOCKER_CERT_PATH has the ca.pem, cert.pem and key.pem for it',
      error,
    );
  }
  return new EngineUnavailable(
    'unreachable',
    `the container engine at ${where} does not answer: ${error.message}`,
    'see that it runs, and that its address is right',
    error,
  );
}

function noPermission(where: string, candidate: Candidate, error: Error): EngineUnavailable {
  const isOfSystem = candidate.address.kind === 'socket' && candidate.flavour !== 'podman';
  const advice = isOfSystem
    ? `add yourself to its group with "sudo usermod -aG docker ${userInfo().username}" and log in again, or use an engine without root`
    : 'see whose socket it is';
  const what = `you may not use the container engine at ${where}`;
  return new EngineUnavailable('no-permission', what, advice, error);
}

function isTlsFailure(code: string, { message }: Error): boolean {
  return (
    /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code) ||
    /certificate|HTTPS server|ssl/i.test(message) ||
    code === 'EPROTO'
  );
}

/** Whether `version` is at least `least`, both as `1.41`. */
export function isAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** The user's credentials for registries, from where Docker's own command keeps them. */
import { spawn } from 'node:child_process';
import { DOCKER_HUB } from './image-reference.ts';
import type { DockerConfig } from './docker-config.ts';

/** As the engine's API takes them. */
export type RegistryCredentials =
  | { readonly username: string; readonly password: string; readonly serveraddress: string }
  | { readonly identitytoken: string; readonly serveraddress: string };

/** Asks a credential helper for a registry. @throws Error where it cannot say */
export type CredentialHelper = (
  program: string,
  server: string,
) => Promise<HelperAnswer | undefined>;

export interface HelperAnswer {
  readonly Username: string;
  readonly Secret: string;
}

/** Docker Hub is called so in files and by helpers, for historical reasons. */
const HUB_SERVER = 'https://index.docker.io/v1/';
/** What helpers say on stdout where they know nothing; the protocol has no code for it. */
const NOT_FOUND = /credentials not found/i;
/** A helper that waits for a person must not hold up a start for ever, in milliseconds. */
const PATIENCE = 30_000;

export function serverOf(registry: string): string {
  return registry === DOCKER_HUB ? HUB_SERVER : registry;
}

/**
 * For one registry; undefined where the user has none for it: it is asked as anybody.
 * @throws Error that names the helper and what it said
 */
export async function credentialsFor(
  registry: string,
  config: DockerConfig,
  ask: CredentialHelper = askHelper,
): Promise<RegistryCredentials | undefined> {
  const serveraddress = serverOf(registry);
  const helper = config.credHelpers?.[serveraddress] ?? config.credHelpers?.[registry];
  const program = helper ?? config.credsStore;
  if (program !== undefined) {
    const answer = await ask(`docker-credential-${program}`, serveraddress);
    if (answer) return fromHelper(answer, serveraddress);
  }
  return fromFile(config, registry);
}

function fromHelper(
  { Username, Secret }: HelperAnswer,
  serveraddress: string,
): RegistryCredentials {
  // So the protocol of helpers marks a token.
  if (Username === '<token>') return { identitytoken: Secret, serveraddress };
  return { username: Username, password: Secret, serveraddress };
}

function fromFile(config: DockerConfig, registry: string): RegistryCredentials | undefined {
  const serveraddress = serverOf(registry);
  const wanted = bareHost(serveraddress);
  const found = Object.entries(config.auths ?? {}).find(([key]) => bareHost(key) === wanted)?.[1];
  if (!found) return undefined;
  if (found.identitytoken) return { identitytoken: found.identitytoken, serveraddress };
  const text = Buffer.from(found.auth ?? '', 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  const password = text.slice(colon + 1).replace(/\0+$/, '');
  return { username: text.slice(0, colon), password, serveraddress };
}

/** Keys of `auths` are hosts or whole addresses. */
function bareHost(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

/** For a build, which may take its base images from any of them. */
export async function allCredentials(
  config: DockerConfig,
  registries: readonly string[],
  ask: CredentialHelper = askHelper,
): Promise<Record<string, RegistryCredentials>> {
  const known = await Promise.all(
    [...new Set(registries)].map((registry) => credentialsFor(registry, config, ask)),
  );
  return Object.fromEntries(known.flatMap((one) => (one ? [[one.serveraddress, one]] : [])));
}

/** Runs `docker-credential-<name> get`, as docker-credential-helpers defines it. */
async function askHelper(program: string, server: string): Promise<HelperAnswer | undefined> {
  const { code, output, complaint } = await run(program, server);
  if (code === 0) return JSON.parse(output) as HelperAnswer;
  const said = output.trim() || complaint.trim();
  if (NOT_FOUND.test(said)) return undefined;
  throw new Error(
    `${program}, which Docker's config.json names, failed: ${said || `code ${code}`}`,
  );
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly complaint: string;
}

function run(program: string, input: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], { timeout: PATIENCE, windowsHide: true });
    let output = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    // Its exit says why it did not read.
    child.stdin.on('error', () => undefined);
    child.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'it is not installed' : error.message;
      reject(new Error(`${program}, which Docker's config.json names, cannot be run: ${why}`));
    });
    child.on('close', (code) => resolve({ code, output, complaint }));
    child.stdin.end(input);
  });
}

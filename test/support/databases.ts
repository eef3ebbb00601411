/** Real databases as services of a mesh, from the programs of the system's packages. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Undefined: the program is not installed. */
function find(program: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, program)).find(canRun);
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const PATH = (process.env['PATH'] ?? '').split(':');
/** Debian keeps the server's programs of each version apart from PATH. */
const DEBIAN = '/usr/lib/postgresql';
const POSTGRES_FOLDERS = existsSync(DEBIAN)
  ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin'))
  : [];

export interface Programs {
  readonly server: string;
  readonly client: string;
}

export function findRedis(): Programs | undefined {
  const server = find('redis-server', PATH);
  const client = find('redis-cli', PATH);
  return server !== undefined && client !== undefined ? { server, client } : undefined;
}

export interface PostgresPrograms extends Programs {
  readonly initdb: string;
}

export function findPostgres(): PostgresPrograms | undefined {
  const folders = [...PATH, ...POSTGRES_FOLDERS];
  const server = find('postgres', folders);
  const initdb = find('initdb', folders);
  const client = find('psql', folders);
  if (server === undefined || initdb === undefined || client === undefined) return undefined;
  return { server, initdb, client };
}

/** Its server refuses to run as root; the package has made a user for it. */
const AS_USER =
  process.getuid?.() === 0
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups']
    : [];

/** A command that makes a new cluster of databases in `folder` and serves it on PORT. */
export function postgresCommand({ server, initdb }: PostgresPrograms, folder: string): string[] {
  const script = [
    `'${initdb}' --pgdata='${folder}' --username=shop --auth=trust --no-sync >/dev/null`,
    `exec '${server}' -D '${folder}' -p "$PORT" -h 127.0.0.1 -k '' -F`,
  ];
  return [...AS_USER, 'sh', '-c', script.join(' && ')];
}

/** A folder that the server's user may write to. */
export function ownedByPostgres(folder: string): void {
  if (AS_USER.length === 0) return;
  const { status, stderr } = spawnSync('chown', ['postgres:postgres', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`chown ${folder}: ${stderr}`);
}

/** A command that serves Redis on PORT, without a file. */
export function redisCommand({ server }: Programs): string[] {
  return [
    'sh',
    '-c',
    `exec '${server}' --port "$PORT" --bind 127.0.0.1 --save '' --loglevel warning`,
  ];
}

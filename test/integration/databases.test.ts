import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { RequestSummary } from '../../src-main/api/contract/index.ts';
import { CloseStack } from '../../src-main/base/disposable.ts';
import {
  findPostgres,
  findRedis,
  ownedByPostgres,
  postgresCommand,
  redisCommand,
} from '../support/databases.ts';
import type { PostgresPrograms, Programs } from '../support/databases.ts';
import { RpcClient } from '../support/rpc-client.ts';
import { eventually } from '../support/eventually.ts';
import { startCommand } from '../support/started.ts';
import type { UpLine } from '../support/up.ts';
import { tempMesh } from '../support/temp-mesh.ts';

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const stack = new CloseStack();
afterEach(() => stack.close());

interface Mesh {
  /** The sidecar's port that leads a caller to the database. */
  readonly port: string;
  readonly client: RpcClient;
}

/** A mesh of a web service that calls `db`, which is the given service. */
async function meshWith(
  commandOf: (folder: string) => Promise<readonly string[]> | readonly string[],
  more: Record<string, unknown> = {},
): Promise<Mesh> {
  const { folder, file } = stack.add(await tempMesh(''));
  await chmod(folder, 0o755);
  const command = await commandOf(folder);
  // What a caller is told by its environment, written down for the test, which calls in its place.
  const web = "require('fs').writeFileSync('port', process.env.DB_SERVICE_PORT);";
  const serve = "require('http').createServer((_, to) => to.end()).listen(process.env.PORT)";
  const services = {
    web: { command: ['node', '-e', web + serve], calls: ['db'] },
    db: { command, ...more },
  };
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ mesh: 'data', gateway: { port: 0 }, services }));
  const env = { XDG_STATE_HOME: join(folder, 'state') };
  const up = stack.add(startCommand(process.execPath, [CLI, 'up', '--json', file], env));
  const line = JSON.parse(await up.said(/^(\{.*)$/m)) as UpLine;
  const port = await readFile(join(folder, 'port'), 'utf8');
  const client = stack.add(await RpcClient.connect(line.app.url));
  await client.call('subscribe', {});
  return { port, client };
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

function run(program: string, args: readonly string[], input: string): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe' });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ stdout, stderr, code }));
    child.stdin.end(input);
  });
}

const postgres = findPostgres();

describe.skipIf(!postgres)('PostgreSQL through its sidecars', () => {
  const programs = postgres as PostgresPrograms;

  async function database(): Promise<{ psql: (sql: string) => Promise<Said> }> {
    const { port } = await meshWith(async (folder) => {
      const data = join(folder, 'data');
      await mkdir(data, { mode: 0o700 });
      ownedByPostgres(data);
      return postgresCommand(programs, data);
    });
    const where = ['-h', '127.0.0.1', '-p', port, '-U', 'shop', '-d', 'postgres'];
    const how = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '-v', 'ON_ERROR_STOP=1'];
    return { psql: (sql) => run(programs.client, [...where, ...how], sql) };
  }

  it('connects, reads and writes a thousand rows, and copies a hundred thousand', async () => {
    const { psql } = await database();
    const rows = Array.from({ length: 100_000 }, (_, i) => `${i}\tthing ${i}`).join('\n');
    const { stdout, stderr, code } = await psql(`
      create table thing (id int primary key, name text);
      insert into thing select i, 'thing ' || i from generate_series(1, 1000) as i;
      select count(*), sum(id) from thing;
      truncate thing;
      copy thing from stdin;\n${rows}\n\\.
      select count(*), sum(id) from thing;
      copy (select * from thing order by id) to stdout;`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [thousand, all, ...copied] = stdout.trimEnd().split('\n');
    expect([thousand, all]).toEqual(['1000|500500', '100000|4999950000']);
    expect(copied.join('\n')).toBe(rows);
  });

  it('tells one session from another, and an error of the server from one of the mesh', async () => {
    const { psql } = await database();
    const pids = await Promise.all(
      Array.from({ length: 10 }, () => psql('select pg_backend_pid() from pg_sleep(0.2);')),
    );
    expect(new Set(pids.map(({ stdout }) => stdout)).size).toBe(10);
    const { stderr, code } = await psql('select * from nothing;');
    expect(code).toBe(3);
    expect(stderr).toContain('relation "nothing" does not exist');
  });
});

const redis = findRedis();

describe.skipIf(!redis)('Redis through its sidecars', () => {
  const programs = redis as Programs;

  async function database(
    more: Record<string, unknown>,
  ): Promise<{ mesh: Mesh; cli: (input: string, args?: readonly string[]) => Promise<Said> }> {
    const mesh = await meshWith(() => redisCommand(programs), more);
    const where = ['-h', '127.0.0.1', '-p', mesh.port];
    return { mesh, cli: (input, args = []) => run(programs.client, [...where, ...args], input) };
  }

  /** The connection as the list of requests shows it. */
  function seen({ client }: Mesh): RequestSummary | undefined {
    const told = client.deltas.flatMap((one) => (one.kind === 'requests' ? one.items : []));
    return told.find(({ to }) => to === 'db');
  }

  it.each([
    ['found out', {}],
    ['declared', { protocol: 'tcp' }],
  ])('sets and gets, its protocol %s, and the connection is seen', async (_how, more) => {
    const { mesh, cli } = await database(more);
    const { stdout, code } = await cli('SET lamp arc\nGET lamp\nINCRBY stock 41\nINCR stock\n');
    expect({ code, said: stdout.trim().split('\n') }).toEqual({
      code: 0,
      said: ['OK', 'arc', '41', '42'],
    });
    const told = await eventually(() => seen(mesh) ?? false);
    expect(told).toMatchObject({ from: 'web', status: 0, failure: '', failedInside: false });
    const { hops } = await mesh.client.call('trace', { traceId: told.traceId });
    expect(hops).toMatchObject([{ protocol: 'tcp', flags: ['MTLS', 'TUNNEL'] }]);
  });

  it('takes ten thousand commands in one go', async () => {
    const { cli } = await database({});
    const commands = Array.from({ length: 10_000 }, (_, i) => `SET key:${i} ${i}\r\n`).join('');
    const { stdout, code } = await cli(commands, ['--pipe']);
    expect(code).toBe(0);
    expect(stdout).toContain('errors: 0, replies: 10000');
    expect((await cli('DBSIZE\n')).stdout.trim()).toBe('10000');
  });
});

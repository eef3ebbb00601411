/** PostgreSQL and Redis in an image of this machine's own packages. */
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findPostgres, findRedis } from '../databases.ts';
import { NODE, ensureImage } from './images.ts';

/** One image under a name for each: by these the databases are known. */
export interface DatabaseImages {
  readonly postgres: string;
  readonly redis: string;
  /** With the clients of both. */
  readonly node: string;
}

/** @throws Error where the databases are not installed */
export async function databaseImages(): Promise<DatabaseImages> {
  const [postgres, redis] = [findPostgres(), findRedis()];
  if (!postgres || !redis) throw new Error('PostgreSQL and Redis are not installed');
  // Debian keeps each version apart. The server finds its libraries by where it is itself.
  const bin = dirname(realpathSync(postgres.server));
  const version = basename(dirname(bin));
  const programs = ['postgres', 'initdb', 'psql'].map((program) => join(bin, program));
  const image = await ensureImage('databases', {
    programs: [...NODE.programs, 'setpriv', ...programs, redis.server, redis.client],
    files: [
      bin,
      join(dirname(bin), 'lib'),
      `/usr/share/postgresql/${version}`,
      // With the user that the server wants to be.
      '/etc/passwd',
      '/etc/group',
    ],
    changes: [`ENV PATH=${bin}:/usr/bin:/usr/sbin`],
  });
  const hash = image.split(':')[1] ?? '';
  const named = (one: string): string => {
    const tag = `faultline-test/${one}:${hash}`;
    execFileSync('docker', ['tag', image, tag]);
    return tag;
  };
  return { postgres: named('postgres'), redis: named('redis'), node: named('node') };
}

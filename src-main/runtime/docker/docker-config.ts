/** The user's settings for Docker: `config.json` and the contexts beside it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { parseEngineAddress } from './engine-address.ts';
import type { EngineAddress } from './engine-address.ts';

/** What is used of `config.json`; the rest is Docker's own. */
const configFile = z.object({
  currentContext: z.string().optional(),
  auths: z
    .record(
      z.string(),
      z.object({
        /** Base64 of `user:password`. */
        auth: z.string().optional(),
        identitytoken: z.string().optional(),
      }),
    )
    .optional(),
  /** The end of a program's name, `docker-credential-<it>`, for all registries. */
  credsStore: z.string().optional(),
  /** By registry. */
  credHelpers: z.record(z.string(), z.string()).optional(),
});
export type DockerConfig = z.infer<typeof configFile>;

const contextFile = z.object({
  Endpoints: z.object({
    docker: z.object({ Host: z.string().optional(), SkipTLSVerify: z.boolean().optional() }),
  }),
});

/** `DOCKER_CONFIG`, or `~/.docker`. */
export function dockerFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
}

/** Empty where there is none. @throws Error where the file cannot be understood */
export function readDockerConfig(folder: string): DockerConfig {
  const file = join(folder, 'config.json');
  return existsSync(file) ? readAs(configFile, file) : {};
}

/** Undefined where there is no such context. @throws Error where it cannot be understood */
export function readContext(folder: string, name: string): EngineAddress | undefined {
  // Docker's context store names folders so.
  const id = createHash('sha256').update(name).digest('hex');
  const file = join(folder, 'contexts', 'meta', id, 'meta.json');
  if (!existsSync(file)) return undefined;
  const { Host = '', SkipTLSVerify } = readAs(contextFile, file).Endpoints.docker;
  const tlsFolder = join(folder, 'contexts', 'tls', id, 'docker');
  const tls = existsSync(tlsFolder)
    ? { folder: tlsFolder, isVerified: SkipTLSVerify !== true }
    : undefined;
  const address = parseEngineAddress(Host, tls);
  if (!address) throw new Error(`${file}: "${Host}" is no address of an engine`);
  return address;
}

function readAs<T>(schema: z.ZodType<T>, file: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Error(`${file} cannot be read: ${why}`, { cause: error });
  }
}

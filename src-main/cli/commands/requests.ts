/** `faultline requests`: the requests that a running engine keeps, as lines or as an HTTP Archive. */
import { writeFileSync } from 'node:fs';
import { harArchive, MOST_IN_HAR, parseFilter } from '../../api/contract/index.ts';
import type { HarPart, RequestSummary } from '../../api/contract/index.ts';
import { EngineClient } from '../engine-client.ts';
import { CommandFailed, ExitCode } from '../exit-code.ts';
import { print, say } from '../output.ts';
import { packageVersion } from '../package-version.ts';

export interface RequestsOptions {
  readonly filter: string;
  readonly limit: number;
  /** A file's name. */
  readonly har?: string;
}

/** Of one page of the engine's. */
const PAGE = 500;

/** Newest first; with `har` into that file, oldest first, as archives have it. */
export async function requests(appUrl: string, options: RequestsOptions): Promise<void> {
  const [problem] = parseFilter(options.filter).problems;
  if (problem) throw new CommandFailed(ExitCode.USAGE, `the filter: ${problem.message}`);
  const client = await EngineClient.connect(appUrl);
  try {
    const found = await find(client, options);
    if (options.har === undefined) for (const one of found) print(JSON.stringify(one));
    else await save(client, found.reverse(), options.har);
  } finally {
    client.close();
  }
}

async function find(
  client: EngineClient,
  { filter, limit }: RequestsOptions,
): Promise<RequestSummary[]> {
  const found: RequestSummary[] = [];
  let before: number | undefined;
  do {
    const size = Math.min(PAGE, limit - found.length);
    const at = before === undefined ? {} : { before };
    const page = await client.call('requests', { filter, limit: size, ...at });
    found.push(...page.items);
    before = page.next;
  } while (before !== undefined && found.length < limit);
  return found;
}

async function save(
  client: EngineClient,
  found: readonly RequestSummary[],
  file: string,
): Promise<void> {
  const parts: HarPart[] = [];
  for (let at = 0; at < found.length; at += MOST_IN_HAR) {
    const some = found.slice(at, at + MOST_IN_HAR);
    const wanted = some.map(({ traceId, spanId }) => ({ traceId, spanId }));
    parts.push(await client.call('har', { wanted }));
  }
  writeFileSync(file, harArchive(parts, packageVersion()));
  const count = parts.reduce((sum, { entries }) => sum + entries.length, 0);
  say(`wrote ${count} ${count === 1 ? 'request' : 'requests'} to ${file}; secrets are masked`);
}

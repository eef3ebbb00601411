import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, credentials, status } from '@grpc/grpc-js';
import { writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { EdgeState, RequestSummary } from '../../src-main/api/contract/index.ts';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { RpcClient } from '../support/rpc-client.ts';
import { startCommand } from '../support/started.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import type { UpLine } from '../support/up.ts';

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const INSTANCE = fileURLToPath(new URL('../support/grpc-instance.mjs', import.meta.url));

const stack = new CloseStack();
afterEach(() => stack.close());

interface Mesh {
  /** A call through the gateway to `front`, which calls `back`. */
  call(request: string): Promise<string>;
  readonly client: RpcClient;
}

async function grpcMesh(more: Record<string, unknown> = {}): Promise<Mesh> {
  const { folder, file } = stack.add(await tempMesh(''));
  const instance = { command: [process.execPath, INSTANCE], protocol: 'grpc' };
  const services = {
    front: { ...instance, env: { NAME: 'front' }, calls: ['back'] },
    back: { ...instance, env: { NAME: 'back' } },
  };
  const gateway = { port: 0, routes: [{ path: '/test.Mesh', service: 'front' }] };
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ mesh: 'grpc', gateway, services, ...more }));
  const env = { XDG_STATE_HOME: join(folder, 'state') };
  const up = stack.add(startCommand(process.execPath, [CLI, 'up', '--json', file], env));
  const line = JSON.parse(await up.said(/^(\{.*)$/m)) as UpLine;
  const caller = stack.add(
    new Client(new URL(line.gateway.url).host, credentials.createInsecure()),
  );
  const client = stack.add(await RpcClient.connect(line.app.url));
  await client.call('subscribe', {});
  const call = (request: string): Promise<string> =>
    new Promise((resolve, reject) =>
      caller.makeUnaryRequest(
        '/test.Mesh/Unary',
        (text: string) => Buffer.from(text),
        (bytes: Buffer) => bytes.toString(),
        request,
        (error, answer = '') => (error ? reject(error) : resolve(answer)),
      ),
    );
  return { call, client };
}

function lastRequest({ client }: Mesh): RequestSummary | undefined {
  return client.deltas.flatMap((one) => (one.kind === 'requests' ? one.items : [])).at(-1);
}

function edge({ client }: Mesh, to: string): EdgeState | undefined {
  const told = client.deltas.flatMap((one) => (one.kind === 'tick' ? one.edges : []));
  return told.findLast((one) => one.to === to);
}

describe('services of gRPC behind the gateway', () => {
  it('call each other over HTTP/2 and mutual TLS, in one trace', async () => {
    const mesh = await grpcMesh();
    expect(await mesh.call('hello')).toBe('front back hello');
    const told = await eventually(() => lastRequest(mesh) ?? false);
    expect(told).toMatchObject({ to: 'front', status: 200, grpcStatus: 0, failed: false });
    const { hops } = await mesh.client.call('trace', { traceId: told.traceId });
    expect(hops.map(({ node, direction, protocol }) => [node, direction, protocol])).toEqual([
      ['gateway', 'gateway', 'h2'],
      ['front-v1-0', 'inbound', 'h2'],
      ['front-v1-0', 'outbound', 'h2'],
      ['back-v1-0', 'inbound', 'h2'],
    ]);
    expect(hops.every(({ flags }) => flags.includes('MTLS'))).toBe(true);
  });

  it('fail in the figures where they fail in their trailers', async () => {
    const mesh = await grpcMesh();
    await expect(mesh.call('fail:13')).rejects.toMatchObject({ code: status.INTERNAL });
    const told = await eventually(() => lastRequest(mesh) ?? false);
    expect(told).toMatchObject({ status: 200, grpcStatus: status.INTERNAL, failed: true });
    await eventually(() => expect(edge(mesh, 'back')?.errorShare).toBe(1));
    await expect(mesh.call('fail:5')).rejects.toMatchObject({ code: status.NOT_FOUND });
    await eventually(() => expect(lastRequest(mesh)?.grpcStatus).toBe(status.NOT_FOUND));
    expect(lastRequest(mesh)).toMatchObject({ failed: false, failedInside: false });
  });

  it('meet faults as statuses of gRPC', async () => {
    const faults = [{ name: 'down', to: 'back', abort: { status: 503 } }];
    const mesh = await grpcMesh({ faults });
    await expect(mesh.call('hello')).rejects.toMatchObject({ code: status.UNAVAILABLE });
    const told = await eventually(() => lastRequest(mesh) ?? false);
    expect(told).toMatchObject({ grpcStatus: status.UNAVAILABLE, faults: ['down'] });
  });
});

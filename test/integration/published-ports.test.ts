import { afterEach, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

it('a port that a service publishes leads to it through the gateway, with what is said of the service', async () => {
  const mesh = await tempMesh(`mesh: shop
gateway: { port: 0 }
services:
  web:
    stub: { body: hello }
    publish: [{ hostPort: 0 }]
traffic:
  web: { responseHeaders: { set: { x-by: mesh } } }
`);
  const { up } = stack.add(await runUp(mesh));
  const [port] = up.published;
  expect(up.published).toMatchObject([{ service: 'web', host: '127.0.0.1' }]);
  const answer = await fetch(`http://127.0.0.1:${port?.port}/`);
  expect(await answer.text()).toBe('hello');
  expect(answer.headers.get('x-by')).toBe('mesh');
});

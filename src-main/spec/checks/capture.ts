/** What is to be captured is sent by somebody: a caller that calls the service. */
import type { Capture } from '../capture.ts';
import type { Finding } from '../document/finding.ts';
import { suggestion } from '../document/nearest.ts';
import type { Mesh } from '../mesh.ts';
import { peersOf } from '../peers.ts';
import { gatewayServices, serviceNames } from './check.ts';
import type { Check } from './check.ts';

export const capture: Check = ({ mesh }) =>
  (mesh.capture ?? []).flatMap((one, i) => [
    ...unknown(one.from, [...serviceNames(mesh), 'gateway'], ['capture', i, 'from']),
    ...unknown(one.to, serviceNames(mesh), ['capture', i, 'to']),
    ...nothingToCapture(mesh, one, i),
  ]);

function unknown(name: string | undefined, known: string[], path: Finding['path']): Finding[] {
  if (name === undefined || known.includes(name)) return [];
  const message = `there is no service "${name}"`;
  return [{ code: 'unknown-service', message, advice: suggestion(name, known), path }];
}

/** Calls may change while it stands in the document: a warning. */
function nothingToCapture(mesh: Mesh, { from, to, name }: Capture, i: number): Finding[] {
  if (from === undefined || to === undefined) return [];
  const caller = mesh.services.find((one) => one.name === from);
  const called = from === 'gateway' ? gatewayServices(mesh) : caller && peersOf(caller);
  if (!called || called.includes(to) || !serviceNames(mesh).includes(to)) return [];
  const message = `${from} does not call ${to}: "${name}" captures nothing`;
  return [{ code: 'never-acts', severity: 'warning', message, path: ['capture', i, 'from'] }];
}

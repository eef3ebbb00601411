/** What must be known about an export: one note for each thing that the document has. */
import type { Fault, Mesh } from '../../spec/mesh.ts';
import type { PolicyKind } from '../../spec/policies/kinds.ts';
import type { ExportNote, ExportTarget } from './result.ts';
import { SUPPORT } from './support.ts';

export function exportNotes(mesh: Mesh, target: ExportTarget): ExportNote[] {
  const note = (kind: PolicyKind, subject: string): ExportNote => {
    const { support, why } = SUPPORT[target][kind];
    return { support, subject, why };
  };
  return [
    note('mtls', 'mtls'),
    ...Object.entries(mesh.traffic).flatMap(([name, { split, overrides, timeout, retry }]) => [
      ...(split ? [note('split', `traffic.${name}.split`)] : []),
      ...(overrides.length > 0 ? [note('override', `traffic.${name}.overrides`)] : []),
      ...(timeout !== undefined ? [note('timeout', `traffic.${name}.timeout`)] : []),
      ...(retry ? [note('retry', `traffic.${name}.retry`)] : []),
    ]),
    ...mesh.faults.flatMap((fault) => faultNotes(mesh, target, fault, note)),
    ...(target === 'istio' ? stackedNotes(mesh) : []),
    ...(mesh.visitors ? [visitorsNote()] : []),
    workloadNote(),
  ];
}

function faultNotes(
  mesh: Mesh,
  target: ExportTarget,
  fault: Fault,
  note: (kind: PolicyKind, subject: string) => ExportNote,
): ExportNote[] {
  const subject = `faults.${fault.name}`;
  if (!fault.enabled) {
    return [{ support: 'exact', subject, why: 'It is switched off, so it is not exported.' }];
  }
  const notes = (['delay', 'abort'] as const).flatMap((kind) =>
    fault[kind] ? [note(kind, `${subject}.${kind}`)] : [],
  );
  const traffic = mesh.traffic[fault.to];
  if (target !== 'istio' || (!traffic?.retry && traffic?.timeout === undefined)) return notes;
  const why =
    'Istio switches retries and timeouts off on a route with a fault (istio/istio#13705): there, callers do not retry what this fault does to them, as they did here.';
  return [...notes, { support: 'approximated', subject, why }];
}

/** Here every fault draws for itself; an Istio route has one fault, and the first route wins. */
function stackedNotes(mesh: Mesh): ExportNote[] {
  return mesh.services.flatMap(({ name }) => {
    const faults = mesh.faults.filter(({ enabled, to }) => enabled && to === name);
    if (faults.length < 2) return [];
    const names = faults.map((fault) => fault.name).join(', ');
    const why = `${names} all act on calls to ${name} here, each by itself. In Istio a request that fits several of them meets only the first.`;
    return [{ support: 'approximated' as const, subject: `faults to ${name}`, why }];
  });
}

function visitorsNote(): ExportNote {
  return {
    support: 'cannot',
    subject: 'visitors',
    why: 'The source of traffic is for tests alone.',
  };
}

function workloadNote(): ExportNote {
  const why =
    'Deployments and Services are yours: the export routes to Services by their names, at port 80, with a label "version".';
  return { support: 'approximated', subject: 'services', why };
}

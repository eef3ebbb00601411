/** The checked mesh as another system's configuration: exactly what was tested, or a note why not. */
import type { Mesh } from '../../spec/mesh.ts';
import { exportGatewayApi } from './gateway-api/export.ts';
import { exportIstio } from './istio/export.ts';
import { exportNotes } from './notes.ts';
import type { ExportResult, ExportTarget } from './result.ts';

const TARGETS: Record<ExportTarget, (mesh: Mesh) => ExportResult['files']> = {
  istio: exportIstio,
  'gateway-api': exportGatewayApi,
};

export function exportMesh(mesh: Mesh, target: ExportTarget): ExportResult {
  return { target, files: TARGETS[target](mesh), notes: exportNotes(mesh, target) };
}

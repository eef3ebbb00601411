/** What is different of localities and priorities: they belong to instances, not to resources. */
import { failsOver, localitiesOf } from '../../spec/locality.ts';
import type { Mesh, Service } from '../../spec/mesh.ts';
import type { ExportNote, ExportTarget } from './result.ts';

export function localityNotes(mesh: Mesh, target: ExportTarget): ExportNote[] {
  const { locality } = mesh.gateway;
  return [
    ...(locality === undefined ? [] : [localityNote('gateway.locality', target)]),
    ...mesh.services.flatMap((service) => [
      ...(localitiesOf(service).length === 0
        ? []
        : [localityNote(`services.${service.name}.locality`, target)]),
      ...(target === 'istio' ? judgeNotes(mesh, service) : []),
      ...(hasPriorities(service)
        ? [priorityNote(`services.${service.name}.priority`, target)]
        : []),
    ]),
  ];
}

function hasPriorities({ versions }: Service): boolean {
  return versions.some(({ priorities = [] }) => priorities.some((one) => one > 0));
}

function localityNote(subject: string, target: ExportTarget): ExportNote {
  if (target === 'istio') return { support: 'approximated', subject, why: OF_NODES };
  return { support: 'cannot', subject, why: NOT_IN_ROUTES };
}

/** Here a health check is enough to fail over by. */
function judgeNotes(mesh: Mesh, service: Service): ExportNote[] {
  const { name } = service;
  const isJudged = mesh.traffic[name]?.outlierDetection !== undefined;
  if (isJudged || !failsOver(mesh, name) || localitiesOf(service).length < 2) return [];
  return [{ support: 'cannot', subject: `traffic.${name}.loadBalancing.locality`, why: UNJUDGED }];
}

function priorityNote(subject: string, target: ExportTarget): ExportNote {
  const why = target === 'istio' ? `${NO_PRIORITIES} ${STANDBY}` : NO_PRIORITIES;
  return { support: 'cannot', subject, why };
}

const OF_NODES =
  'Istio reads it from the labels of the node that a pod runs on (topology.kubernetes.io/region and zone, topology.istio.io/subzone): spread the pods accordingly. What goes to which locality is drawn there; here it is exact.';

const NOT_IN_ROUTES =
  'Gateway API does not know localities; the nearest thing is "trafficDistribution: PreferClose" in a Service.';

const UNJUDGED =
  'Istio fails over where outlierDetection is on, and it is not: instances of all localities are asked alike there.';

const NO_PRIORITIES = 'Instances have no priority of their own there.';

const STANDBY =
  'Give the standby another locality, or a Deployment with a label that "failoverPriority" names.';

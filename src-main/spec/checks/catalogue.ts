/** All rules that look across the mesh. */
import { callers } from './callers.ts';
import { calls } from './calls.ts';
import { capture } from './capture.ts';
import type { Check } from './check.ts';
import { containers } from './containers.ts';
import { dependsOn } from './depends-on.ts';
import { faultScope } from './fault-scope.ts';
import { faults } from './faults.ts';
import { gatewayTcp } from './gateway-tcp.ts';
import { gatewayTls } from './gateway-tls.ts';
import { healthCheck } from './health-check.ts';
import { idleVersion } from './idle-version.ts';
import { loadBalancing } from './load-balancing.ts';
import { identityFaults } from './identity-faults.ts';
import { knownCallers } from './known-callers.ts';
import { instanceFaults } from './instance-faults.ts';
import { locality } from './locality.ts';
import { mirror } from './mirror.ts';
import { names } from './names.ts';
import { overrides } from './overrides.ts';
import { routes } from './routes.ts';
import { servicePorts } from './service-ports.ts';
import { splitSum } from './split-sum.ts';
import { stubs } from './stubs.ts';
import { tries } from './tries.ts';
import { unknownService } from './unknown-service.ts';
import { unknownVersion } from './unknown-version.ts';
import { workloads } from './workloads.ts';

export const CHECKS: readonly Check[] = [
  names,
  unknownService,
  unknownVersion,
  splitSum,
  idleVersion,
  overrides,
  mirror,
  loadBalancing,
  locality,
  healthCheck,
  calls,
  callers,
  faults,
  faultScope,
  instanceFaults,
  capture,
  knownCallers,
  identityFaults,
  workloads,
  containers,
  servicePorts,
  dependsOn,
  stubs,
  routes,
  tries,
  gatewayTcp,
  gatewayTls,
];

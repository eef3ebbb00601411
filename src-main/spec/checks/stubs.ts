/** A stub stands alone at its place, calls what the service may call, and its shares are 100. */
import type { Finding } from '../document/finding.ts';
import type { Path } from '../document/tree.ts';
import type { Service, Stub, Version } from '../mesh.ts';
import type { Check, CheckSubject } from './check.ts';

const OF_PROGRAMS = [
  'command',
  'container',
  'runtime',
  'workingFolder',
  'env',
  'port',
  'health',
] as const;
/** What the stubs' servers can speak. */
const SPOKEN: readonly (string | undefined)[] = [undefined, 'http', 'http2'];

export const stubs: Check = (subject) =>
  subject.mesh.services.flatMap((service) => [
    ...checkProtocol(service),
    ...checkAlone(subject, service),
    ...service.versions.flatMap((version) => checkVersion(subject, service, version)),
  ]);

function checkProtocol({ name, protocol, versions }: Service): Finding[] {
  const stubbed = versions.some(({ workload }) => workload.runtime === 'stub');
  if (!stubbed || SPOKEN.includes(protocol)) return [];
  return [
    {
      code: 'wrong-value',
      message: `a stub cannot speak ${protocol}`,
      advice: 'stubs speak "http" and "http2"; run a program for the others',
      path: ['services', name, 'protocol'],
    },
  ];
}

/** What belongs to programs means nothing to a stub at the same place. */
function checkAlone(subject: CheckSubject, service: Service): Finding[] {
  const top: Path = ['services', service.name];
  const programs = service.versions.some(({ workload }) => workload.runtime !== 'stub');
  const places = [
    ...(programs ? [] : [top]),
    ...service.versions.map(({ name }): Path => [...top, 'versions', name]),
  ].filter((place) => subject.has([...place, 'stub']));
  const both =
    subject.has([...top, 'stub']) && subject.has([...top, 'command']) ? [[...top, 'command']] : [];
  const idle = places.flatMap((place) =>
    OF_PROGRAMS.map((key) => [...place, key]).filter((path) => subject.has(path)),
  );
  return [...new Map([...both, ...idle].map((path) => [path.join('.'), path])).values()].map(
    (path) => ({
      code: 'wrong-value',
      message: `"${String(path.at(-1))}" is for programs, and this is a stub`,
      advice: 'remove it, or the "stub"',
      path,
      at: 'key',
    }),
  );
}

function checkVersion(subject: CheckSubject, service: Service, version: Version): Finding[] {
  const { workload } = version;
  if (workload.runtime !== 'stub') return [];
  const own: Path = ['services', service.name, 'versions', version.name, 'stub'];
  const base: Path = subject.has(own) ? own : ['services', service.name, 'stub'];
  return workload.stub.responses.flatMap((response, index, { length }) => {
    // The last one is what stands above the list.
    const place = index === length - 1 ? base : [...base, 'responses', index];
    return [
      ...checkShares(subject, response, place),
      ...checkCalls(subject, service, response, place),
    ];
  });
}

type Response = Stub['responses'][number];

function checkShares(subject: CheckSubject, { statuses }: Response, place: Path): Finding[] {
  const path = [...place, 'statuses'];
  if (!subject.has(path)) return [];
  const sum = statuses.reduce((total, { percentage }) => total + percentage, 0);
  if (Math.abs(sum - 100) < 1e-9) return [];
  const message = `the shares of the statuses are ${Number(sum.toFixed(6))} together, not 100`;
  return [{ code: 'split-sum', message, path }];
}

function checkCalls(
  subject: CheckSubject,
  service: Service,
  { calls }: Response,
  place: Path,
): Finding[] {
  if (!subject.has([...place, 'calls'])) return [];
  return calls.flatMap(({ service: callee }, index): Finding[] => {
    if (service.calls.includes(callee)) return [];
    const whole = [...place, 'calls', index];
    const path = subject.has([...whole, 'service']) ? [...whole, 'service'] : whole;
    return [
      {
        code: 'unknown-service',
        message: `${service.name} may not call "${callee}"`,
        advice: `add it to services.${service.name}.calls`,
        path,
      },
    ];
  });
}

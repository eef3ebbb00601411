/** Of whom a rule speaks, and the names that its form offers. */
import { useMemo } from 'react';
import type { State } from '../../src-main/api/contract/index.ts';
import { useEngine } from '../engine/store.ts';
import { callersOf } from '../topology/model/graph.ts';
import type { Choices, Subject } from './control.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export function choicesOf({ document, instances }: State, to: string, from?: string): Choices {
  const { mesh } = document;
  const versionsOf = (name: string | undefined): string[] =>
    mesh.services.find((one) => one.name === name)?.versions.map((one) => one.name) ?? [];
  const routes = [
    ...(mesh.traffic[to]?.routes ?? []),
    ...mesh.gateway.routes.filter(({ service }) => service === to),
  ];
  return {
    services: mesh.services.map(({ name }) => name),
    versions: versionsOf(to),
    callers: callersOf(mesh, to),
    everyCaller: ['gateway', ...mesh.services.map(({ name }) => name)],
    callerVersions: versionsOf(from),
    instances: Object.values(instances).flatMap(({ id, service }) => (service === to ? [id] : [])),
    routes: [...new Set(routes.map(({ name }) => name))],
    methods: METHODS,
  };
}

/** The same object for as long as all names are the same. */
export function useSubject(to: string, from?: string): Subject {
  const timeout = useEngine(({ document }) => document.mesh.traffic[to]?.timeout);
  const names = useEngine((state) => JSON.stringify(choicesOf(state, to, from)));
  return useMemo(
    () => ({ to, from, choices: JSON.parse(names) as Choices, timeout }),
    [to, from, names, timeout],
  );
}

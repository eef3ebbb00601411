import { useShallow } from 'zustand/react/shallow';
import { useEngine } from '../engine/store.ts';

/** The ids of a service's instances. */
export function useInstances(service: string): string[] {
  return useEngine(
    useShallow((state) =>
      Object.values(state.instances)
        .filter((instance) => instance.service === service)
        .map(({ id }) => id),
    ),
  );
}

/** One of a service's instances. */
import { useState } from 'react';
import { useInstances } from './use-instances.ts';

/** The chosen one; where it is gone, or none was chosen, the first. */
export function useInstanceChoice(service: string): {
  readonly chosen: string | undefined;
  readonly all: readonly string[];
  choose(id: string): void;
} {
  const all = useInstances(service);
  const [wanted, choose] = useState<string>();
  const chosen = wanted !== undefined && all.includes(wanted) ? wanted : all[0];
  return { chosen, all, choose };
}

export function InstanceChoice({
  all,
  chosen,
  onChoose,
}: {
  all: readonly string[];
  chosen: string;
  onChoose(id: string): void;
}) {
  return (
    <label>
      Instance
      <select
        aria-label="Instance"
        data-testid="instance-choice"
        value={chosen}
        onChange={({ target }) => onChoose(target.value)}
      >
        {all.map((id) => (
          <option key={id}>{id}</option>
        ))}
      </select>
    </label>
  );
}

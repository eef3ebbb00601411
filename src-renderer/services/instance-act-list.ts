/** What can be done to an instance by hand, from its menu as by dragging it. */
import { Pause, Play, Power, RotateCw } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { InstanceState } from '../../src-main/api/contract/index.ts';
import { attempt, sendEdit } from '../engine/edits.ts';
import { ask } from '../engine/session.ts';
import { instanceFaultRules } from '../policies/rules.ts';
import { faultFor, pausesOf, placeOf } from './instance-acts.ts';

export interface InstanceAct {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly icon: LucideIcon;
  /** It hurts. */
  readonly hurts: boolean;
  perform(): void;
}

/** `content`: of the document. A stub has no process that could get a signal. */
export function actsOf(
  instance: InstanceState,
  content: Readonly<Record<string, unknown>>,
): InstanceAct[] {
  const { id, service, runtime } = instance;
  const pauses = pausesOf(instanceFaultRules(content, service), instance);
  const canSignal = runtime !== 'stub';
  const put = (action: 'kill' | 'pause'): void => {
    const value = faultFor(action, instance, new Date());
    void sendEdit({ kind: 'put-policy', place: placeOf(value), value });
  };
  const restart: InstanceAct = {
    ...{ id: 'restart', label: 'Restart', help: 'Ended gently and started again.' },
    ...{ icon: RotateCw, hurts: false },
    perform: () => void attempt(() => ask('restartInstance', { id })),
  };
  const kill: InstanceAct = {
    ...{ id: 'kill', label: 'Kill', icon: Power, hurts: true },
    help: 'SIGKILL, once; it is started again as after any crash.',
    perform: () => put('kill'),
  };
  const pause: InstanceAct = {
    ...{ id: 'pause', label: 'Pause', help: 'SIGSTOP, until it is resumed.' },
    ...{ icon: Pause, hurts: true },
    perform: () => put('pause'),
  };
  const resumes = pauses.map(({ name, place, value }): InstanceAct => ({
    ...{ id: `resume ${name}`, label: 'Resume', help: `Removes the fault ${name}.` },
    ...{ icon: Play, hurts: false },
    perform: () => void sendEdit({ kind: 'remove-policy', place: [...place], was: value }),
  }));
  if (!canSignal) return [restart];
  return [restart, kill, ...(resumes.length > 0 ? resumes : [pause])];
}

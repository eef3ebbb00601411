/**
 * The guardian: a small process beside each engine. It is told which process groups the engine
 * started, and when the engine ends in whatever way, SIGKILL included, its standard input closes and
 * the guardian ends those groups. So no service outlives its mesh.
 */
import { LineSplitter } from '../line-splitter.ts';
import { endGroup } from '../process-group.ts';
import type { GuardianOrder } from './orders.ts';

/** From SIGTERM to SIGKILL, in milliseconds. */
const GRACE = 1_000;

const groups = new Set<number>();

function obey(order: GuardianOrder): void {
  if ('watch' in order) groups.add(order.watch);
  else groups.delete(order.forget);
}

function endAll(): void {
  if (groups.size === 0) return;
  for (const group of groups) endGroup(group, 'SIGTERM');
  setTimeout(() => {
    for (const group of groups) endGroup(group, 'SIGKILL');
  }, GRACE);
}

// Ctrl-C and a closing terminal reach the guardian as well; its time has not come yet.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const lines = new LineSplitter((line) => obey(JSON.parse(line) as GuardianOrder));
process.stdin.on('data', (chunk: Buffer) => lines.push(chunk));
process.stdin.on('close', endAll);

/** What the timeline says when an instance's status has changed. */
import type { EventEntry } from '../api/contract/index.ts';
import type { InstanceReport } from '../runtime/runtime.ts';

/** Undefined: nothing that people need to know. */
export function eventOfReport(
  report: InstanceReport,
): Pick<EventEntry, 'severity' | 'message'> | undefined {
  const { id, reason, restarts, status } = report;
  switch (status) {
    case 'ready': {
      const again = restarts > 0 ? `, after restart ${restarts}` : '';
      return { severity: 'info', message: `${id} is ready${again}` };
    }
    case 'unhealthy':
      return { severity: 'warning', message: `${id} is unhealthy: ${reason}` };
    case 'failed':
    case 'restarting':
      return { severity: 'error', message: `${id} ${reason ?? status}` };
    case 'starting':
    case 'stopped':
      return undefined;
  }
}

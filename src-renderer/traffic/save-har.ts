/** Saves requests as HTTP Archive 1.2, a real file: by the system's dialog, or as a download. */
import { harArchive, MOST_IN_HAR } from '../../src-main/api/contract/index.ts';
import type { HarPart, RequestSummary } from '../../src-main/api/contract/index.ts';
import { saveText } from '../app/open-file.ts';
import { showToast } from '../app/toasts.ts';
import { attempt } from '../engine/edits.ts';
import { ask } from '../engine/session.ts';
import { engineStore } from '../engine/store.ts';

type Wanted = { readonly traceId: string; readonly spanId?: string };

/** More in one file no viewer opens gladly. */
export const MOST_SAVED = 5_000;

/** Every exchange of one trace. A failure is shown. */
export function saveTrace(traceId: string): Promise<boolean> {
  return attempt(async () => {
    await save([{ traceId }], `request-${traceId.slice(0, 8)}`, 0);
  });
}

/** One entry for each. */
export function saveRequests(requests: readonly RequestSummary[]): Promise<boolean> {
  return attempt(async () => {
    const some = requests.slice(0, MOST_SAVED).map(({ traceId, spanId }) => ({ traceId, spanId }));
    await save(some, `${some.length}-requests`, requests.length - some.length);
  });
}

/** All that are kept and fit, the newest `MOST_SAVED` of them. */
export function saveFiltered(filter: string): Promise<boolean> {
  return attempt(async () => {
    const found: RequestSummary[] = [];
    let before: number | undefined;
    do {
      const page = await ask('requests', {
        filter,
        limit: 500,
        ...(before !== undefined && { before }),
      });
      found.push(...page.items);
      before = page.next;
    } while (before !== undefined && found.length <= MOST_SAVED);
    if (found.length === 0) throw new Error('None of the requests that are kept fits.');
    const some = found.slice(0, MOST_SAVED).map(({ traceId, spanId }) => ({ traceId, spanId }));
    const isMore = found.length > some.length || before !== undefined;
    await save(some, 'requests', isMore ? Infinity : 0);
  });
}

/** @param left that were to be saved as well, and are too many; Infinity: nobody has counted them */
async function save(wanted: readonly Wanted[], name: string, left: number): Promise<void> {
  const parts: HarPart[] = [];
  for (let at = 0; at < wanted.length; at += MOST_IN_HAR) {
    parts.push(
      await ask('har', { wanted: wanted.slice(at, at + MOST_IN_HAR).map((one) => ({ ...one })) }),
    );
  }
  const version = engineStore.getState().state?.engine.version ?? '';
  if (!(await saveText(`${name}.har`, harArchive(parts, version), 'application/json'))) return;
  const entries = parts.reduce((sum, part) => sum + part.entries.length, 0);
  showToast(left > 0 ? 'warning' : 'info', sayLeft(parts, left), {
    title: `${entries.toLocaleString('en')} ${entries === 1 ? 'exchange' : 'exchanges'} saved`,
  });
}

function sayLeft(parts: readonly HarPart[], left: number): string {
  const forgotten = parts.reduce((sum, part) => sum + part.forgotten, 0);
  return [
    'Secrets in it are masked.',
    ...(forgotten > 0 ? [`${forgotten} are not kept any more.`] : []),
    ...(left > 0
      ? [`Only the newest ${MOST_SAVED.toLocaleString('en')}: narrow the list for the others.`]
      : []),
  ].join(' ');
}

/** The one waiting helper of the tests: waits for a condition, never for a number of milliseconds. */

export interface EventuallyOptions {
  /** Milliseconds after which the last failure is thrown; on CI three times as long. Default 5,000. */
  readonly within?: number;
  /** Milliseconds between two tries. Default 20. */
  readonly every?: number;
}

const PATIENCE = process.env['CI'] === 'true' ? 3 : 1;

/**
 * Calls `check` until it neither throws (`expect` does) nor gives `false`; returns what it gave.
 * @throws Error that names the time waited, with the last failure as its cause.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { within = 5000, every = 20 }: EventuallyOptions = {},
): Promise<Exclude<T, false>> {
  const limit = within * PATIENCE;
  const end = performance.now() + limit;
  for (;;) {
    let failure: unknown;
    try {
      const value = await check();
      if (value !== false) return value as Exclude<T, false>;
    } catch (caught) {
      failure = caught;
    }
    if (performance.now() >= end) {
      const why = failure instanceof Error ? failure.message : 'it was not so';
      throw new Error(`not within ${limit} ms: ${why}`, { cause: failure });
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** Whether a request or one of its hops went wrong, as lists show it. Pure. */

/** A connection of bytes (TCP, an upgrade of its own) has no status: only a failure tells. */
export function isFailed({ status, failure }: { status: number; failure: string }): boolean {
  return status >= 500 || (status === 0 && failure !== '');
}

/** Times on the wall between the document and a field of a form. Pure. */

/** `2026-11-21T09:30`, as such a field wants it; empty where it is no time. */
export function localOf(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function isoOf(local: string): string | undefined {
  return local === '' ? undefined : new Date(local).toISOString().replace('.000Z', 'Z');
}

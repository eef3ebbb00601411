/** Figures as people read them, in widths that do not jump. */

/** Requests per second. */
export function formatRate(rate: number): string {
  if (rate >= 999.5) return `${(rate / 1000).toFixed(1)}k/s`;
  return `${rate.toFixed(rate >= 99.95 ? 0 : 1)}/s`;
}

/** Milliseconds. */
export function formatMs(ms: number): string {
  if (ms >= 9_995) return `${(ms / 1000).toFixed(0)} s`;
  if (ms >= 999.5) return `${(ms / 1000).toFixed(2)} s`;
  if (ms >= 99.95) return `${ms.toFixed(0)} ms`;
  return `${ms.toFixed(ms >= 0.995 ? 1 : 2)} ms`;
}

/** Milliseconds where there is little room: three digits at most. */
export function formatMsShort(ms: number): string {
  if (ms >= 9_950) return `${(ms / 1000).toFixed(0)} s`;
  if (ms >= 999.5) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms >= 9.95 ? 0 : 1)} ms`;
}

/** A share from 0 to 1 as whole per cent; what is not nothing is never shown as nothing. */
export function formatShareShort(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return '<1 %';
  // Not all of them is never shown as all of them either.
  return `${percent < 100 ? Math.min(99, Math.round(percent)) : 100} %`;
}

/** A share from 0 to 1 as per cent; some are never shown as none, and most never as all. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent <= 0 || percent >= 100) return `${percent.toFixed(0)} %`;
  if (percent < 0.1) return '<0.1 %';
  if (percent > 99.9) return '>99.9 %';
  return `${percent.toFixed(percent < 9.95 || percent > 99 ? 1 : 0)} %`;
}

/** Milliseconds since 1970 as the time of day. */
export function formatTime(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

/** Milliseconds since 1970 as day and time, in the reader's own order. */
export function formatMoment(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** A time to come or gone by, roughly. */
export function formatSpan(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

import type { Result } from '../../src-main/api/contract/index.ts';

/** Parts of an HTTP Archive as a whole one. Pure. @param version of Faultline */
export function archiveOf(parts: readonly Result<'har'>[], version: string): string {
  const log = {
    version: '1.2',
    creator: { name: 'Faultline', version },
    pages: parts.flatMap(({ pages }) => pages),
    entries: parts.flatMap(({ entries }) => entries),
  };
  return `${JSON.stringify({ log }, null, 1)}\n`;
}

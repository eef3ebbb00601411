/** Where keys lead in a list (WAI-ARIA's listbox). Pure. */

/**
 * The index that a key leads to; undefined where it leads nowhere.
 * @param at -1: none is chosen yet @param page rows that a page has
 */
export function moved(key: string, at: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const within = (index: number): number => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return within(at + 1);
    case 'ArrowUp':
      return within(at - 1);
    case 'PageDown':
      return within(Math.max(0, at) + page);
    case 'PageUp':
      return within(at - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

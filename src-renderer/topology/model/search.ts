/** What the search field means for the graph. Pure. */

/** `text`: as it is typed; an empty one fits everything. */
export function fitsSearch(text: string, name: string): boolean {
  return name.toLowerCase().includes(text.trim().toLowerCase());
}

/** The one that Enter goes to: the shortest that fits, since it is the nearest to what was typed. */
export function bestMatch(text: string, names: readonly string[]): string | undefined {
  if (text.trim() === '') return undefined;
  return names.filter((name) => fitsSearch(text, name)).sort((a, b) => a.length - b.length)[0];
}

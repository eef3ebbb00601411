/** The patterns of Istio's AuthorizationPolicy: `abc`, `abc*`, `*abc`, and `*` for anything there is. */
export type Pattern = (value: string) => boolean;

/** An empty value is one that is not there: no pattern fits it. */
export function compilePattern(text: string): Pattern {
  if (text === '*') return (value) => value !== '';
  if (text.endsWith('*')) {
    const prefix = text.slice(0, -1);
    return (value) => value.startsWith(prefix);
  }
  if (text.startsWith('*')) {
    const suffix = text.slice(1);
    return (value) => value.endsWith(suffix);
  }
  return (value) => value === text;
}

/** Whether one of them fits. */
export function compilePatterns(texts: readonly string[]): Pattern {
  const patterns = texts.map(compilePattern);
  return (value) => patterns.some((fits) => fits(value));
}

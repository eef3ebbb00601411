/**
 * The document that the shell was started with: `electron out/main/shell.js <mesh>`, or the packaged
 * program with it; undefined where none is named. Chromium's own switches stand anywhere. Pure.
 */
export function meshArgument(argv: readonly string[], isPackaged: boolean): string | undefined {
  const given = argv.slice(1).filter((one) => !one.startsWith('-'));
  return given[isPackaged ? 0 : 1];
}

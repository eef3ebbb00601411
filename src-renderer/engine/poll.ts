/**
 * Asks now and every so often while the page is shown, until the returned function is called: for
 * effects. Without the engine the frame says so: who shows what was found keeps what it has.
 * @param every milliseconds
 */
export function poll<T>(
  every: number,
  load: () => Promise<T>,
  onFound: (found: T) => void,
): () => void {
  let wanted = true;
  const ask = async (): Promise<void> => {
    const found = await load();
    if (wanted) onFound(found);
  };
  const tryToAsk = (): void => void (document.hidden || ask().catch(() => undefined));
  tryToAsk();
  const timer = setInterval(tryToAsk, every);
  return () => {
    wanted = false;
    clearInterval(timer);
  };
}

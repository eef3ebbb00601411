import { useEffect, useState } from 'react';

/** What was asked for: on its way, there, or why it is not. */
export type Asked<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'failed'; readonly reason: string };

/**
 * Asks again with each `key`, and every `every` milliseconds where given; what is there stays until
 * something newer is.
 */
export function useAsked<T>(key: string, question: () => Promise<T>, every?: number): Asked<T> {
  const [found, setFound] = useState<{ key: string; asked: Asked<T> }>();
  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      try {
        const value = await question();
        if (wanted) setFound({ key, asked: { state: 'there', value } });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (wanted) setFound({ key, asked: { state: 'failed', reason } });
      }
    };
    void load();
    const timer = every === undefined ? undefined : setInterval(() => void load(), every);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says what is asked
  }, [key, every]);
  return found?.key === key ? found.asked : { state: 'loading' };
}

import { describe, expect, it } from 'vitest';
import { TokenKeeper } from '../../../../src-renderer/engine/token.ts';
import type { TokenChannel } from '../../../../src-renderer/engine/token.ts';

type Listener = (event: { readonly data: unknown }) => void;

/** Tabs of one origin: each hears what the others say, as with a BroadcastChannel. */
function browser() {
  const all = new Set<Set<Listener>>();
  const channel = (): TokenChannel => {
    const own = new Set<Listener>();
    all.add(own);
    return {
      postMessage(data) {
        for (const others of all)
          if (others !== own) for (const hear of [...others]) hear({ data });
      },
      addEventListener: (_type, listener) => void own.add(listener),
      removeEventListener: (_type, listener) => void own.delete(listener),
    };
  };
  return {
    tab(isGood = true) {
      const kept = new Map<string, string>();
      const storage = {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
      };
      const wait = (): Promise<void> => Promise.resolve();
      return new TokenKeeper({ storage, channel: channel(), isGood: () => isGood, wait });
    },
  };
}

describe("the engine's token", () => {
  it.each([
    ['#token=a%2Fb', ''],
    ['#/mesh/orders?trace=1&token=a%2Fb', '#/mesh/orders?trace=1'],
    ['#/mesh?token=a%2Fb', '#/mesh'],
  ])('is taken out of the address %s', (hash, left) => {
    const tab = browser().tab();
    expect(tab.takeFrom(hash)).toBe(left);
    expect(tab.own).toBe('a/b');
  });

  it('stays where it is when an address brings none', () => {
    const tab = browser().tab();
    tab.takeFrom('#token=t');
    expect(tab.takeFrom('#/mesh')).toBe('#/mesh');
    expect(tab.own).toBe('t');
  });

  it('is given to another tab that asks, which keeps it', async () => {
    const { tab } = browser();
    const [first, second] = [tab(), tab()];
    first.takeFrom('#token=t');
    expect(second.own).toBe('');
    expect(await second.askOthers()).toBe('t');
    expect(second.own).toBe('t');
  });

  it('is given away only where it has opened the engine', async () => {
    const { tab } = browser();
    const [stale, asking] = [tab(false), tab()];
    stale.takeFrom('#token=old');
    expect(await asking.askOthers()).toBe('');
    expect(asking.own).toBe('');
  });

  it('that is older is replaced by what a tab says that is let in', async () => {
    const { tab } = browser();
    const [old, fresh] = [tab(false), tab()];
    old.takeFrom('#token=old');
    fresh.takeFrom('#token=new');
    expect(await old.askOthers()).toBe('new');
    expect(old.own).toBe('new');
  });
});

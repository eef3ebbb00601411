/** Shares that stay 100 together while one of them is moved. Pure. */

export type Split = Readonly<Record<string, number>>;

/** By replicas, where the document says nothing: in whole per cent, 100 together. */
export function defaultSplit(versions: readonly { name: string; replicas: number }[]): Split {
  const total = versions.reduce((sum, { replicas }) => sum + replicas, 0) || versions.length;
  const shares = versions.map(
    ({ name, replicas }) => [name, Math.round(((replicas || 1) / total) * 100)] as const,
  );
  return settle(Object.fromEntries(shares), versions[0]?.name ?? '');
}

/** Gives `version` the share `percent`; the others keep their proportions among what is left. */
export function moveShare(split: Split, version: string, percent: number): Split {
  const others = Object.keys(split).filter((name) => name !== version);
  const before = others.reduce((sum, name) => sum + (split[name] ?? 0), 0);
  const left = 100 - percent;
  const moved = others.map((name) => {
    const share = before === 0 ? left / others.length : (left * (split[name] ?? 0)) / before;
    return [name, Math.round(share)] as const;
  });
  const next = Object.fromEntries([
    ...Object.keys(split).map((name) => [name, 0] as const),
    ...moved,
  ]);
  next[version] = percent;
  return settle(next, others[0] ?? version);
}

/** Rounding may leave a per cent over: `taker` gets it. */
function settle(split: Record<string, number>, taker: string): Split {
  const sum = Object.values(split).reduce((total, share) => total + share, 0);
  return { ...split, [taker]: (split[taker] ?? 0) + 100 - sum };
}

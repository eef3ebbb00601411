/**
 * A hash of 32 bits for consistent hashing: FNV-1a, and MurmurHash3's last step, which lets every bit
 * of the input decide on every bit of the result. Not Envoy's xxHash: which endpoint a key leads to
 * differs there, that it always leads to the same one does not.
 */
export function hashText(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return mix(hash);
}

function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Another hash of the same key, for the try after the first. */
export function rehash(hash: number): number {
  return mix(hash + 0x9e3779b9);
}

/** Where a hash lies between 0 and 1 (exclusive), whatever its own bits are used for besides. */
export function shareOfHash(hash: number): number {
  return mix(hash ^ 0x27d4eb2f) / 2 ** 32;
}

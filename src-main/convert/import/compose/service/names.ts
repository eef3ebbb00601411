/** Names of services, which a mesh has as DNS labels and compose files as they please. */

/** `my_service` → `my-service`, each its own; what is taken over unchanged is so. */
export function meshNames(names: readonly string[]): Map<string, string> {
  const result = new Map<string, string>();
  const taken = new Set(names.filter((name) => dnsLabel(name) === name && name !== 'gateway'));
  for (const name of names) {
    if (taken.has(name) && !result.has(name)) {
      result.set(name, name);
      continue;
    }
    const wanted = name === 'gateway' ? 'gateway-service' : dnsLabel(name);
    let free = wanted;
    for (let count = 2; taken.has(free); count++) free = `${wanted.slice(0, 60)}-${count}`;
    taken.add(free);
    result.set(name, free);
  }
  return result;
}

/** RFC 1035: at most 63 lower-case letters, digits and dashes, a letter first. */
export function dnsLabel(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+/, '');
  const begun = /^[a-z]/.test(plain) ? plain : `s-${plain}`;
  return begun.slice(0, 63).replace(/-+$/, '') || 'service';
}

/** The project's name as compose makes it of a folder's. */
export function projectNameOf(folder: string): string {
  return folder
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

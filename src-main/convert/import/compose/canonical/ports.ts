/** Ports of a service in their long form, one for each: ranges are spread out. */
import type { Findings } from '../findings.ts';
import { child, map, scalar, textOf, withEntries } from '../node.ts';
import type { ComposeNode, MapNode } from '../node.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** More than anybody publishes on purpose. */
const MOST_PORTS = 1000;

/** None where it means nothing; why is said. */
export function canonicalPort(item: ComposeNode, findings: Findings): ComposeNode[] {
  if (item.kind === 'map') return spread(item, textOf(child(item, 'target')), findings);
  const found = partsOf(textOf(item) ?? '');
  if (!found) {
    const advice = 'such as "8080:80", "127.0.0.1:8080:80" or "80/tcp"';
    findings.wrong(`"${textOf(item) ?? ''}" is no port`, item.place, advice);
    return [];
  }
  const { target, ...rest } = found;
  const entries = Object.entries(rest).flatMap(([key, text]): [string, ComposeNode][] =>
    text === undefined || text === '' ? [] : [[key, scalar(text, item.place)]],
  );
  return spread(map(entries, item.place), target, findings);
}

interface Parts {
  readonly target: string;
  readonly published: string | undefined;
  readonly host_ip: string | undefined;
  readonly protocol: string | undefined;
}

/** `[host:][published:]target[/protocol]`, read from its end: an IPv6 address has colons as well. */
function partsOf(text: string): Parts | undefined {
  const [, ports = '', protocol] = /^([^/]*)(?:\/(\w+))?$/.exec(text) ?? [];
  const all = ports.split(':');
  const target = all.pop() ?? '';
  const published = all.pop();
  const host = all.join(':').replace(/^\[(.*)\]$/, '$1');
  if (target === '' || /[[\]\s]/.test(host)) return undefined;
  return { target, published, host_ip: host, protocol };
}

function spread(port: MapNode, target: string | undefined, findings: Findings): ComposeNode[] {
  const targets = rangeOf(target ?? '');
  const text = textOf(child(port, 'published')) ?? '';
  // Whatever is free: nothing is asked for.
  const isAny = text === '' || text === '0';
  const published = isAny ? undefined : rangeOf(text);
  if (!targets || (!isAny && !published)) {
    findings.wrong(`"${targets ? text : (target ?? '')}" is no port, from 1 to 65535`, port.place);
    return [];
  }
  const count = targets.to - targets.from + 1;
  const places = published ? published.to - published.from + 1 : count;
  // Of a range that leads to one port, the first that is free would be taken.
  if (count > MOST_PORTS || (places !== count && count !== 1)) {
    const message = `${places} published ports do not fit ${count} of the service`;
    findings.wrong(message, port.place);
    return [];
  }
  return Array.from({ length: count }, (_, i) =>
    withEntries(port, {
      published: undefined,
      target: scalar(targets.from + i, port.place),
      ...(published && { published: scalar(published.from + i, port.place) }),
    }),
  );
}

function rangeOf(text: string): Range | undefined {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!found) return undefined;
  const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
  return from > 0 && to >= from && to <= 65_535 ? { from, to } : undefined;
}

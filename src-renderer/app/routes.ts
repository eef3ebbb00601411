/** What is shown, as the part of the address behind the `#`: a link leads to it again. Pure. */

export const SCREENS = ['mesh', 'document', 'service', 'timeline'] as const;
export type Screen = (typeof SCREENS)[number];

export const SERVICE_TABS = [
  'overview',
  'logs',
  'identity',
  'environment',
  'configuration',
] as const;
export type ServiceTab = (typeof SERVICE_TABS)[number];

/** A service, or a connection from a caller (a service or `gateway`) to a service. */
export type Selected =
  | { readonly kind: 'none' }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'edge'; readonly from: string; readonly to: string };

export interface Route {
  readonly screen: Screen;
  readonly selection: Selected;
  /** Of the service's page. */
  readonly tab: ServiceTab;
  /** The trace whose waterfall is shown. */
  readonly trace: string | undefined;
  /** The moment that is looked at, in milliseconds since 1970. */
  readonly at: number | undefined;
}

export const HOME: Route = {
  screen: 'mesh',
  selection: { kind: 'none' },
  tab: 'overview',
  trace: undefined,
  at: undefined,
};

/** `#/mesh/orders/payments?trace=…`; the mesh with nothing selected is the empty text. */
export function formatRoute({ screen, selection, tab, trace, at }: Route): string {
  const parts: string[] = [screen, ...selectionParts(selection)];
  const query = new URLSearchParams({
    ...(screen === 'service' && tab !== 'overview' && { tab }),
    ...(trace !== undefined && { trace }),
    ...(at !== undefined && { at: String(Math.round(at)) }),
  }).toString();
  const path = parts.map(encodeURIComponent).join('/');
  if (path === 'mesh' && query === '') return '';
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

/** What makes no sense is left out: an old link leads as far as it can. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [first, ...rest] = path.split('/').filter(Boolean).map(decoded);
  const params = new URLSearchParams(query);
  const selection = selectionOf(rest);
  const wanted = SCREENS.find((one) => one === first) ?? HOME.screen;
  const at = Number(params.get('at') ?? Number.NaN);
  return {
    screen: wanted === 'service' && selection.kind !== 'service' ? HOME.screen : wanted,
    selection,
    tab: SERVICE_TABS.find((one) => one === params.get('tab')) ?? HOME.tab,
    trace: params.get('trace') ?? undefined,
    at: Number.isFinite(at) ? at : undefined,
  };
}

function selectionParts(selection: Selected): string[] {
  if (selection.kind === 'service') return [selection.name];
  return selection.kind === 'edge' ? [selection.from, selection.to] : [];
}

function selectionOf([first, second]: readonly string[]): Selected {
  if (first === undefined) return HOME.selection;
  return second === undefined
    ? { kind: 'service', name: first }
    : { kind: 'edge', from: first, to: second };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone `%`: the part is then what it says.
    return part;
  }
}

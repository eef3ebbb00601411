/** Keeps the address and what is shown the same: links lead here, and Back goes back. */
import { formatRoute, parseRoute } from './routes.ts';
import type { Route } from './routes.ts';
import { linkable, uiStore } from './ui-store.ts';
import type { UiState } from './ui-store.ts';

function routeOf({ screen, selection, tab, trace, at }: UiState): Route {
  return { screen, selection: linkable(selection), tab, trace, at };
}

/** To be called when the token has been taken out of the address. */
export function followAddress(): void {
  if (location.hash !== '') show(parseRoute(location.hash));
  uiStore.subscribe((state, before) => {
    const next = formatRoute(routeOf(state));
    if (next === location.hash) return;
    // Another screen is a step that Back takes back; what is selected on the way is not.
    const isStep = state.screen !== before.screen;
    const address = next === '' ? location.pathname + location.search : next;
    history[isStep ? 'pushState' : 'replaceState'](null, '', address);
  });
  window.addEventListener('popstate', () => show(parseRoute(location.hash)));
}

/** What is open beside the route stays. */
function show(route: Route): void {
  const { trace } = route;
  uiStore.setState({ ...route, ...(trace !== undefined && { drawerOpen: true }) });
}

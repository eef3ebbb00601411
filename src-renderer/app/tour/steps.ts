/** What a first visit is shown, in order. */
import type { Screen } from '../routes.ts';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** What is pointed at: a selector; where it is not there, the card stands in the middle. */
  readonly target: string;
  readonly screen: Screen;
}

export const TOUR: readonly TourStep[] = [
  {
    title: 'The mesh, live',
    text: 'Each box is a service behind its own proxy, each line a connection over mutual TLS. The points are real requests: a sample of them at their true rate, coloured by what became of them.',
    target: '[aria-label="Topology"]',
    screen: 'mesh',
  },
  {
    title: 'Break something',
    text: 'Click the label of a connection to delay or fail a share of its requests, or a service to shift its traffic to another version. Both act at once, without a restart.',
    target: '[data-testid="panel"]',
    screen: 'mesh',
  },
  {
    title: 'All that is not as usual',
    text: 'Faults and splits that are in force stand here, each with a way to end it. “All faults off” is always in reach.',
    target: '[data-testid="active-bar"]',
    screen: 'mesh',
  },
  {
    title: 'The document is the truth',
    text: 'Every click is an edit of the document, which keeps your comments and order; what you write here is checked as you type, and runs with Ctrl-S. Both show each other: select a service in the graph, or put the cursor into it.',
    target: '[data-testid="document"]',
    screen: 'document',
  },
  {
    title: 'A service from close by',
    text: 'Its figures over time, versions side by side, output, certificates, and the configuration that its proxy runs.',
    target: '[data-testid="screen-service"]',
    screen: 'mesh',
  },
  {
    title: 'Everything by keyboard',
    text: 'Ctrl-K finds every command, service and fault; ? lists the shortcuts. When the mesh has proven itself, Export writes the same rules for Istio or Gateway API.',
    target: '[data-testid="export-button"]',
    screen: 'mesh',
  },
];

/**
 * What `faultline ui`, which runs the engine, and the window that it opened say to each other over
 * Node's own channel between parent and child. The end of the channel is the end of both.
 */

/** To the window: the app of the mesh that runs now, or why the one asked for does not. */
export type ToWindow =
  | { readonly kind: 'show'; readonly appUrl: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** From the window: somebody has chosen another document. */
export interface FromWindow {
  readonly kind: 'open-mesh';
  /** Absolute. */
  readonly file: string;
}

/** Whether a message is one of ours; Node and Electron may use the channel for their own. */
export function isFromWindow(message: unknown): message is FromWindow {
  const { kind, file } = (message ?? {}) as Partial<FromWindow>;
  return kind === 'open-mesh' && typeof file === 'string';
}

export function isToWindow(message: unknown): message is ToWindow {
  const { kind } = (message ?? {}) as Partial<ToWindow>;
  return kind === 'show' || kind === 'refused';
}

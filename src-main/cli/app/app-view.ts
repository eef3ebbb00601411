/** Where a person sees the app. */
export interface AppView {
  /** Resolves when the window has been closed; a browser's tab tells nobody, so that it never does. */
  readonly ended: Promise<ViewEnd>;
  /** Another mesh runs now: its app is shown instead. */
  show(appUrl: string): void;
  /** The mesh that was asked for cannot be run. */
  refuse(reason: string): void;
  close(): Promise<void> | void;
}

export interface ViewEnd {
  /** Why it could not be shown; absent where a person has closed it. */
  readonly failure?: string;
}

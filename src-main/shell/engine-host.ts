/** Whoever runs the engine whose app the window shows. */
export interface EngineHost {
  /** Asks for another mesh, by its document's absolute path; the events tell what has become of it. */
  open(mesh: string): void;
  /** Ends what this window has started, and nothing else. */
  stop(): Promise<void>;
}

export interface EngineEvents {
  /** A mesh runs: its app's address, with the token. */
  onApp(appUrl: string): void;
  /** The mesh that was asked for cannot be run; the one before goes on. */
  onRefused(reason: string): void;
  /** The engine has ended without being told to: of which mesh, and its last words. */
  onLost(mesh: string, lastWords: string): void;
}

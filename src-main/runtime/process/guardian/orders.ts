/** What the engine tells the guardian: one JSON object per line. */
export type GuardianOrder =
  /** A process group has been started. */
  | { readonly watch: number }
  /** It has ended. */
  | { readonly forget: number };

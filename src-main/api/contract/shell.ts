/**
 * The one contract between the page and the shell it is shown in: channel → what goes in, what comes
 * out. All that goes in is text.
 */
export interface Ipc {
  /** Asks for a mesh document in the system's own dialog and opens it; false where none was chosen. */
  readonly openMesh: { readonly params: []; readonly result: boolean };
  /** Asks where to, and writes; false where nowhere was chosen. */
  readonly saveFile: { readonly params: [name: string, text: string]; readonly result: boolean };
}
export type Channel = keyof Ipc;

/** What the page finds as `window.faultline`; in a browser it is not there. */
export type ShellApi = {
  readonly [C in Channel]: (...params: Ipc[C]['params']) => Promise<Ipc[C]['result']>;
} & { readonly platform: string };

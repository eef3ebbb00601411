/**
 * The one contract between the page and the shell it is shown in: channel → what goes in, what comes
 * out. All that goes in is text.
 */
export interface Ipc {
  /** Asks for a mesh document in the system's own dialog and opens it; false where none was chosen. */
  readonly openMesh: { readonly params: []; readonly result: boolean };
  /** Opens a document that was dropped onto the window, by its absolute path. */
  readonly openDropped: { readonly params: [path: string]; readonly result: boolean };
  /** The documents that were opened last, the last one first: absolute paths. */
  readonly recentMeshes: { readonly params: []; readonly result: readonly string[] };
  /** Opens one of the recent documents; false where it is none of them. */
  readonly openRecent: { readonly params: [path: string]; readonly result: boolean };
  /** Tells what the menu is to offer: `MenuCommand[]` as JSON. */
  readonly offerCommands: { readonly params: [json: string]; readonly result: void };
  /** Asks where to, and writes; false where nowhere was chosen. */
  readonly saveFile: { readonly params: [name: string, text: string]; readonly result: boolean };
}
export type Channel = keyof Ipc;

/** A command of the app, as the shell's menu offers it. */
export interface MenuCommand {
  readonly id: string;
  readonly label: string;
  /** Under which of the menus. */
  readonly menu: 'mesh' | 'view' | 'go' | 'help';
  /** As the app writes it: `mod+shift+z`. */
  readonly shortcut?: string;
  readonly enabled: boolean;
}

/** What the page finds as `window.faultline`; in a browser it is not there. */
export type ShellApi = {
  readonly [C in Exclude<Channel, 'openDropped'>]: (
    ...params: Ipc[C]['params']
  ) => Promise<Ipc[C]['result']>;
} & {
  readonly platform: string;
  /** A page knows a file, and only the shell where it lies. */
  openDropped(file: File): Promise<boolean>;
  /** Somebody has chosen a command in the menu; a later listener takes the place of the one before. */
  onCommand(listener: (id: string) => void): void;
};

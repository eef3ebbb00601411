/** The Electron shell around the page, where there is one: a browser has none. */
import type { ShellApi } from '../../src-main/api/contract/index.ts';

declare global {
  interface Window {
    readonly faultline?: ShellApi;
  }
}

export const shell: ShellApi | undefined = window.faultline;

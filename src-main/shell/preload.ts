/** Runs before the page, in its sandbox: hands it the shell's few functions, and nothing of Node. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Channel, Ipc, ShellApi } from '../api/contract/shell.ts';

function invoke<C extends Channel>(
  channel: C,
  ...params: Ipc[C]['params']
): Promise<Ipc[C]['result']> {
  return ipcRenderer.invoke(channel, ...params) as Promise<Ipc[C]['result']>;
}

const api: ShellApi = {
  platform: process.platform,
  openMesh: () => invoke('openMesh'),
  saveFile: (name, text) => invoke('saveFile', name, text),
};

contextBridge.exposeInMainWorld('faultline', api);

/** Runs before the page, in its sandbox: hands it the shell's few functions, and nothing of Node. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
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
  openDropped: (file) => invoke('openDropped', webUtils.getPathForFile(file)),
  recentMeshes: () => invoke('recentMeshes'),
  openRecent: (path) => invoke('openRecent', path),
  offerCommands: (json) => invoke('offerCommands', json),
  saveFile: (name, text) => invoke('saveFile', name, text),
  onCommand: (listener) => {
    ipcRenderer.removeAllListeners('command');
    ipcRenderer.on('command', (_event, id: unknown) => listener(String(id)));
  },
};

contextBridge.exposeInMainWorld('faultline', api);

/** The shell's menu offers the same commands as the palette. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { MenuCommand } from '../../src-main/api/contract/index.ts';
import { documentStore } from '../document/document-store.ts';
import { engineStore } from '../engine/store.ts';
import { COMMANDS } from './commands/catalogue.ts';
import { complain } from './open-file.ts';
import { shell } from './shell.ts';

/** Of the shell's File menu already. */
const IN_FILE_MENU = new Set(['open-mesh']);

function offered(): string {
  const commands = COMMANDS.filter(({ id }) => !IN_FILE_MENU.has(id)).map(
    ({ id, label, group, shortcut, when }): MenuCommand => ({
      id,
      label,
      menu: group,
      enabled: when?.() ?? true,
      ...(shortcut !== undefined && { shortcut }),
    }),
  );
  return JSON.stringify(commands);
}

/** Told anew whenever another command can be done. */
export function useMenu(): void {
  // Both decide what can be done.
  useStore(engineStore, ({ state }) => state?.document);
  useStore(documentStore, ({ dirty }) => dirty);
  const commands = shell ? offered() : '';
  useEffect(() => {
    shell?.offerCommands(commands).catch(complain);
  }, [commands]);
  useEffect(() => {
    shell?.onCommand((id) => COMMANDS.find((command) => command.id === id)?.perform());
  }, []);
}

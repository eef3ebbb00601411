import { describe, expect, it, vi } from 'vitest';
import { commandItems, readCommands } from '../../../src-main/shell/menu-commands.ts';

const undo = { id: 'undo', label: 'Undo', menu: 'mesh', shortcut: 'mod+z', enabled: false };
const fit = { id: 'fit', label: 'Fit', menu: 'view', enabled: true };

describe("the app's commands in the menu", () => {
  it('stand in their menus with their keys, which the page listens to itself', () => {
    const perform = vi.fn();
    const commands = readCommands(JSON.stringify([undo, fit]));
    expect(commandItems(commands, 'mesh', perform)).toEqual([
      {
        label: 'Undo',
        enabled: false,
        accelerator: 'CmdOrCtrl+Z',
        registerAccelerator: false,
        click: expect.any(Function),
      },
    ]);
    const [item] = commandItems(commands, 'view', perform);
    (item?.click as () => void)();
    expect(perform).toHaveBeenCalledWith('fit');
    expect(item).not.toHaveProperty('accelerator');
  });

  it.each([
    ['no JSON', '{'],
    ['no list', '{"id":"a"}'],
    ['another menu', JSON.stringify([{ ...fit, menu: 'file' }])],
    ['no label', JSON.stringify([{ ...fit, label: 7 }])],
    ['a text without end', JSON.stringify([{ ...fit, label: 'x'.repeat(1000) }])],
  ])('are none where the page says %s', (_what, json) => expect(readCommands(json)).toEqual([]));
});

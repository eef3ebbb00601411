import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate } from '../../../src-main/shell/menu.ts';
import type { MenuActions } from '../../../src-main/shell/menu.ts';
import type { Settings } from '../../../src-main/shell/settings.ts';

type Click = () => void;

function actions(): MenuActions {
  return {
    openMesh: vi.fn(),
    openRecent: vi.fn(),
    setTheme: vi.fn(),
    showHelp: vi.fn(),
    perform: vi.fn(),
  };
}

function menu(given: Partial<Settings> = {}, act = actions(), platform = 'linux') {
  return menuTemplate(platform, { theme: 'system', recent: [], ...given }, act);
}

/** The item at a path of labels. */
function item(template: MenuItemConstructorOptions[], ...path: string[]) {
  const [label, ...rest] = path;
  const found = template.find((one) => one.label === label);
  if (!found) throw new Error(`there is no ${label}`);
  if (rest.length === 0) return found;
  return item(found.submenu as MenuItemConstructorOptions[], ...rest);
}

describe('the menu', () => {
  it('opens a mesh, also by keyboard', () => {
    const act = actions();
    const open = item(menu({}, act), 'File', 'Open mesh…');
    expect(open.accelerator).toBe('CmdOrCtrl+O');
    (open.click as Click)();
    expect(act.openMesh).toHaveBeenCalledOnce();
  });

  it('opens what was opened before', () => {
    const act = actions();
    const template = menu({ recent: ['/a.yaml', '/b.yaml'] }, act);
    (item(template, 'File', 'Open recent', '/b.yaml').click as Click)();
    expect(act.openRecent).toHaveBeenCalledWith('/b.yaml');
    expect(item(menu(), 'File', 'Open recent').enabled).toBe(false);
  });

  it('marks the theme, and changes it', () => {
    const act = actions();
    const template = menu({ theme: 'dark' }, act);
    expect(item(template, 'View', 'Theme', 'Dark').checked).toBe(true);
    expect(item(template, 'View', 'Theme', 'Light').checked).toBe(false);
    (item(template, 'View', 'Theme', 'Light').click as Click)();
    expect(act.setTheme).toHaveBeenCalledWith('light');
  });

  it('has the application menu on a Mac, which holds Quit there', () => {
    expect(menu({}, actions(), 'darwin')[0]?.role).toBe('appMenu');
    const roles = (platform: string) =>
      (item(menu({}, actions(), platform), 'File').submenu as MenuItemConstructorOptions[]).map(
        ({ role }) => role,
      );
    expect(roles('linux')).toContain('quit');
    expect(roles('darwin')).not.toContain('quit');
  });
});

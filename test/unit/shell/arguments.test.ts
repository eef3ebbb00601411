import { describe, expect, it } from 'vitest';
import { meshArgument } from '../../../src-main/shell/arguments.ts';

describe('the document that the shell is started with', () => {
  it('stands behind the shell itself where Electron runs it', () => {
    expect(meshArgument(['electron', 'out/main/shell.js', 'mesh.yaml'], false)).toBe('mesh.yaml');
  });

  it('stands behind the program where it is packaged', () => {
    expect(meshArgument(['Faultline', 'mesh.yaml'], true)).toBe('mesh.yaml');
  });

  it("is found among Chromium's switches", () => {
    const argv = ['electron', '--no-sandbox', 'out/main/shell.js', '--disable-gpu', 'mesh.yaml'];
    expect(meshArgument(argv, false)).toBe('mesh.yaml');
  });

  it('is absent where none is named', () => {
    expect(meshArgument(['electron', 'out/main/shell.js'], false)).toBeUndefined();
    expect(meshArgument(['Faultline', '--inspect'], true)).toBeUndefined();
  });
});

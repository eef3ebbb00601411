import { describe, expect, it } from 'vitest';
import { hasDisplay, opener } from '../../../../src-main/cli/app/browser.ts';

const URL_WITH_SIGNS = 'http://127.0.0.1:4000/?a=1&b=2#token=x';

describe('the browser', () => {
  it.each([
    ['linux', ['xdg-open', [URL_WITH_SIGNS]]],
    ['darwin', ['open', [URL_WITH_SIGNS]]],
    ['win32', ['cmd', ['/c', 'start', '""', 'http://127.0.0.1:4000/?a=1^&b=2#token=x']]],
  ] as const)("is opened by the system's own program on %s", (platform, expected) => {
    expect(opener(platform, URL_WITH_SIGNS)).toEqual(expected);
  });

  it('cannot be seen on a Linux without a display', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
    expect(hasDisplay('win32', {})).toBe(true);
  });
});

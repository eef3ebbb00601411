import { describe, expect, it } from 'vitest';
import {
  contentSecurityPolicy,
  isOwnPage,
  isOwnRequest,
  isWebLink,
} from '../../../src-main/shell/origins.ts';

const APP = 'http://127.0.0.1:4000/#token=secret';

describe('the pages of the window', () => {
  it.each(['http://127.0.0.1:4000/', 'http://127.0.0.1:4000/anything?x#y'])('%s is one', (url) => {
    expect(isOwnPage(url, APP)).toBe(true);
  });

  it.each([
    'http://127.0.0.1:4001/',
    'https://127.0.0.1:4000/',
    'http://localhost:4000/',
    'http://127.0.0.1:4000@evil.example/',
    'http://127.0.0.1:4000.evil.example/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'about:blank',
    '',
  ])('%s is none', (url) => {
    expect(isOwnPage(url, APP)).toBe(false);
  });

  it('are none while there is no app', () => {
    expect(isOwnPage('', '')).toBe(false);
    expect(isOwnPage('http://127.0.0.1:4000/', '')).toBe(false);
  });
});

describe('what the page may load', () => {
  it.each([
    'http://127.0.0.1:4000/assets/index.js',
    'ws://127.0.0.1:4000/rpc?token=x',
    'blob:http://127.0.0.1:4000/7b1d',
    'data:image/png;base64,AAAA',
    'devtools://devtools/bundled/inspector.html',
  ])('%s is granted', (url) => {
    expect(isOwnRequest(url, APP)).toBe(true);
  });

  it.each([
    'https://example.com/',
    'http://127.0.0.1:8080/',
    'ws://127.0.0.1:4001/rpc',
    'ftp://127.0.0.1:4000/',
    'file:///etc/passwd',
    'nonsense',
  ])('%s is refused', (url) => {
    expect(isOwnRequest(url, APP)).toBe(false);
  });

  it('has a policy of its own, in which the token does not stand', () => {
    const policy = contentSecurityPolicy(APP);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:4000");
    expect(policy).not.toContain('secret');
  });
});

describe('links', () => {
  it('of the web are left to the browser', () => {
    expect(isWebLink('https://example.com/docs')).toBe(true);
    expect(isWebLink('http://example.com/')).toBe(true);
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'ssh://host', 'smb://host/share', 'x'])(
    '%s is opened by nobody',
    (url) => {
      expect(isWebLink(url)).toBe(false);
    },
  );
});

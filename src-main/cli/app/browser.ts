/** The system's own opener of web addresses. */
import { spawn } from 'node:child_process';

/** Whether anything can be shown at all: not on a server, in a container, or over plain SSH. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/** The program that opens an address, and its arguments. Pure. */
export function opener(platform: NodeJS.Platform, url: string): [program: string, args: string[]] {
  if (platform === 'darwin') return ['open', [url]];
  // `start` is the shell's own; the empty text is the title that it would take the address for.
  if (platform === 'win32') return ['cmd', ['/c', 'start', '""', url.replaceAll('&', '^&')]];
  return ['xdg-open', [url]];
}

/** False where the opener is missing or fails. */
export function openBrowser(url: string): Promise<boolean> {
  const [program, args] = opener(process.platform, url);
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
    // An opener may stay until the browser ends; one that has begun counts as well.
    child.unref();
  });
}

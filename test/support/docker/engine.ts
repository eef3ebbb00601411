/** Whether there is a container engine to test with. */
import { execFileSync } from 'node:child_process';

/** Where everything is meant to be there, a missing engine fails the tests instead of skipping them. */
export const hasEngine = process.env['CI'] === 'true' || answers();

function answers(): boolean {
  try {
    execFileSync('docker', ['version', '--format', '{{.Server.Version}}'], {
      stdio: 'ignore',
      timeout: 10_000,
    });
    return true;
  } catch {
    // No client, no daemon or no permission: all the same here.
    return false;
  }
}

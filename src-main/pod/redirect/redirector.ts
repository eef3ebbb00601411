/** Lays a pod's rules by the best means that work in it: nftables, iptables, or none. */
import { readFile } from 'node:fs/promises';
import type { PodWiring, RedirectMeans, Wired } from '../messages.ts';
import { ip6tablesScript, iptablesScript } from './iptables.ts';
import { nftablesScript } from './nftables.ts';

/**
 * Runs a program with a text as its standard input.
 * @throws Error with what it said where it is not there or does not end well
 */
export type RunProgram = (program: string, args: readonly string[], input: string) => Promise<void>;

const NOTHING: PodWiring = { names: [], redirects: [], entries: [], open: [] };

export class Redirector {
  readonly #run: RunProgram;
  readonly #hasIpv6: () => Promise<boolean>;
  #means: RedirectMeans | undefined;
  #reason: string | undefined;
  #hasChains = false;

  constructor(run: RunProgram, hasIpv6: () => Promise<boolean> = hasIpv6Address) {
    this.#run = run;
    this.#hasIpv6 = hasIpv6;
  }

  /**
   * What has worked once is what is used from then on.
   * @throws Error where rules are refused by a means that took others before; those still hold
   */
  async lay(wiring: PodWiring): Promise<Wired> {
    const means = (this.#means ??= await this.#find());
    if (means === 'nftables') await this.#byNftables(wiring);
    if (means === 'iptables') await this.#byIptables(wiring);
    return { means, ...(this.#reason !== undefined && { reason: this.#reason }) };
  }

  async #find(): Promise<RedirectMeans> {
    const reasons: string[] = [];
    const works = async (lay: () => Promise<void>): Promise<boolean> => {
      try {
        await lay();
        return true;
      } catch (error) {
        reasons.push((error as Error).message);
        return false;
      }
    };
    // With nothing open and nothing redirected: what it is for comes at once, if it works.
    const hasNftables = await works(() => this.#byNftables(NOTHING));
    const hasIptables = !hasNftables && (await works(() => this.#byIptables(NOTHING)));
    if (reasons.length > 0) this.#reason = reasons.join('; ');
    if (hasNftables) return 'nftables';
    return hasIptables ? 'iptables' : 'none';
  }

  async #byNftables(wiring: PodWiring): Promise<void> {
    await this.#run('nft', ['-f', '-'], nftablesScript(wiring, await this.#hasIpv6()));
  }

  async #byIptables(wiring: PodWiring): Promise<void> {
    const isFirst = !this.#hasChains;
    await this.#run('iptables-restore', ['--noflush'], iptablesScript(wiring, isFirst));
    this.#hasChains = true;
    if (!(await this.#hasIpv6())) return;
    await this.#run('ip6tables-restore', ['--noflush'], ip6tablesScript(wiring, isFirst));
  }
}

/** Whether anything but loopback has an address of IPv6 in here. */
async function hasIpv6Address(): Promise<boolean> {
  try {
    const lines = (await readFile('/proc/net/if_inet6', 'utf8')).trim().split('\n');
    return lines.some((line) => line !== '' && !line.endsWith(' lo'));
  } catch (error) {
    // The kernel has no IPv6 at all.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

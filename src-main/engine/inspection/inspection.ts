/** A proxy or an instance from close by: certificate, configuration, environment. */
import type { CertificateView, EnvironmentVariable, Result } from '../../api/contract/index.ts';
import type { MeshRunner } from '../mesh-runner.ts';
import { chainFacts } from './certificate.ts';
import { configurationText } from './configuration.ts';
import { environmentOf } from './environment.ts';

type Source = Pick<MeshRunner, 'leaves' | 'config' | 'facts' | 'wiring' | 'trustBundle'>;

/** Each answer is undefined where there is no such proxy or instance. */
export class Inspection {
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /** `node`: an instance's id, or `gateway`. */
  certificate(node: string): CertificateView | undefined {
    const { leaves, trustBundle } = this.#source;
    const leaf = leaves.leaf(node);
    const renewsAt = leaves.renewsAt(node);
    if (!leaf || renewsAt === undefined) return undefined;
    const chain = chainFacts(`${leaf.certificateChain}${trustBundle}`);
    return { spiffeId: leaf.spiffeId, renewsAt, chain };
  }

  /** `node`: an instance's id, or `gateway`. */
  configuration(node: string): Result<'configuration'> | undefined {
    const config = this.#source.config(node);
    return config && { version: config.version, text: configurationText(config) };
  }

  environment(instance: string): EnvironmentVariable[] | undefined {
    const facts = this.#source.facts(instance);
    const wiring = facts && this.#source.wiring(facts.spec);
    return wiring && environmentOf(facts.spec, wiring);
  }
}

/** What the parts of a service are read with. */
import type { ReadFiles } from '../files.ts';
import type { Findings } from '../findings.ts';
import type { Lookup } from '../interpolate.ts';
import type { MapNode } from '../node.ts';

export interface ServiceContext {
  readonly findings: Findings;
  readonly files: ReadFiles;
  /** Variables of the project: of an `environment` without a value, and of secrets. */
  readonly lookup: Lookup;
  /** The whole of the files, merged. */
  readonly project: MapNode;
  /** The project's name. */
  readonly projectName: string;
  /** Of the service, as the files have it. */
  readonly name: string;
}

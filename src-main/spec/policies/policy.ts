/** What the project knows of a kind of policy, besides what the proxies do with it. */
import type { z } from 'zod';

export interface PolicyInfo {
  /** For people: a button's text. */
  readonly title: string;
  readonly description: string;
  /** Whether it hurts on purpose. */
  readonly fault: boolean;
  /** The document's shape of it. */
  readonly schema: z.ZodType;
}

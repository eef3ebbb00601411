import { z } from 'zod';
import { fileMode, programText, size } from './scalars.ts';

const target = z
  .string()
  .regex(/^(\/|[A-Za-z]:\\)[^\0]*$/, 'expected an absolute path in the container');

export const containerMount = z.strictObject({
  type: z
    .enum(['bind', 'volume', 'tmpfs'])
    .meta({ description: 'bind: of the host; volume: of the engine; tmpfs: in memory.' }),
  source: programText.min(1).optional().meta({
    description:
      "Of a bind, the path, relative to the document's folder; of a volume, its name, or none.",
  }),
  target: target.meta({ description: 'Where in the container.' }),
  readOnly: z.boolean().optional().meta({ description: 'Cannot be written.', default: false }),
  size: size.optional().meta({ description: 'Of a tmpfs.' }),
  mode: fileMode.optional().meta({ description: 'Of a tmpfs.' }),
  subpath: programText.min(1).optional().meta({ description: 'Of a volume: the folder in it.' }),
  createHostPath: z
    .boolean()
    .optional()
    .meta({ description: 'Of a bind: a missing folder is made.', default: false }),
  noCopy: z.boolean().optional().meta({
    description: 'Of a volume: it is not filled with what the image has there.',
    default: false,
  }),
  propagation: z
    .enum(['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'])
    .optional()
    .meta({ description: 'Of a bind: of mounts within it.' }),
  selinux: z.enum(['z', 'Z']).optional().meta({ description: 'Of a bind: shared or private.' }),
});

/** Which of `content` and `source` is given, a check looks at. */
export const containerFile = z.strictObject({
  target: target.meta({ description: 'Where in the container.' }),
  content: z.string().optional().meta({ description: 'What it holds.' }),
  source: programText
    .min(1)
    .optional()
    .meta({ description: "Or the file of the host, relative to the document's folder." }),
  mode: fileMode.optional().meta({ description: 'Its permissions.' }),
  uid: z.int().min(0).optional().meta({ description: 'Its owner; absent: root.' }),
  gid: z.int().min(0).optional().meta({ description: "Its group; absent: root's." }),
});

export type ContainerMountInput = z.infer<typeof containerMount>;
export type ContainerFileInput = z.infer<typeof containerFile>;

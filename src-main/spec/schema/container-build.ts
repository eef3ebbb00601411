import { z } from 'zod';
import { programText, size } from './scalars.ts';

const given = programText.min(1);
const values = z.record(z.string(), z.union([programText, z.number(), z.boolean()]));

export const containerBuild = z
  .union([
    given,
    z.strictObject({
      context: given.optional().meta({
        description:
          "Folder that the image is built from, relative to the document's; or the URL of a Git repository.",
        default: '.',
      }),
      dockerfile: given
        .optional()
        .meta({ description: 'Relative to the context.', default: 'Dockerfile' }),
      dockerfileInline: programText
        .optional()
        .meta({ description: 'Its text, instead of a file.' }),
      args: values.optional().meta({ description: 'Arguments of the build.' }),
      target: given.optional().meta({ description: 'The stage to stop at.' }),
      labels: values.optional().meta({ description: 'Labels of the image.' }),
      cacheFrom: z
        .array(given)
        .optional()
        .meta({ description: 'Images whose layers may be used.' }),
      tags: z.array(given).optional().meta({ description: 'More names of the image.' }),
      network: given.optional().meta({ description: 'Of the RUN steps: host, none or a name.' }),
      extraHosts: z
        .record(z.string(), given)
        .optional()
        .meta({ description: 'More names in /etc/hosts for the RUN steps.' }),
      platform: given.optional().meta({ description: 'Such as linux/arm64.' }),
      shmSize: size.optional().meta({ description: 'Of /dev/shm for the RUN steps.' }),
      noCache: z.boolean().optional().meta({ description: 'Every step anew.', default: false }),
      pull: z
        .boolean()
        .optional()
        .meta({ description: 'Base images are asked for anew.', default: false }),
    }),
  ])
  .meta({ description: 'How the image is made: the folder, or the details.' });

export type ContainerBuildInput = z.infer<typeof containerBuild>;

/** Compose files whose services are services of the mesh. */
import { z } from 'zod';
import { programText } from './scalars.ts';

const file = programText.min(1);
const files = z.union([file, z.array(file).min(1)]);

export const compose = z
  .union([
    file,
    z.array(file).min(1),
    z.strictObject({
      files: files.meta({ description: 'Each is laid over those before it.' }),
      profiles: z
        .array(file)
        .optional()
        .meta({ description: 'Profiles that run; "*": all. Absent: COMPOSE_PROFILES.' }),
      envFile: files.optional().meta({
        description: 'Files of variables for the compose files.',
        default: '.env',
      }),
      projectName: z
        .string()
        .regex(/^[a-z0-9][a-z0-9_-]*$/, 'expected the name of a project, such as "shop"')
        .optional()
        .meta({ description: 'Absent: as compose names it, by the files or their folder.' }),
    }),
  ])
  .meta({
    description:
      'A docker-compose file, or several, relative to the document\'s folder: their services run in the mesh, with what "services" says laid over them by name.',
  });

export type ComposeInput = z.infer<typeof compose>;

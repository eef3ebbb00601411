/** A service does not call itself through the mesh. */
import type { Check } from './check.ts';

export const calls: Check = ({ mesh }) =>
  mesh.services.flatMap(({ name, calls: callees }) =>
    callees.flatMap((callee, i) =>
      callee === name
        ? [
            {
              code: 'self-call',
              message: `${name} calls itself`,
              path: ['services', name, 'calls', i],
            },
          ]
        : [],
    ),
  );

/** What the engine says of itself in the heads of `GET /_ping`, which the library does not give. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type Docker from 'dockerode';

/** With lower-case names. @throws Error of the engine */
export function pingHeaders(docker: Docker): Promise<IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    const options = { path: '/_ping', method: 'GET', isStream: true, statusCodes: { 200: true } };
    docker.modem.dial(options, (error: Error | null, answer: unknown) => {
      if (error) return reject(error);
      const message = answer as IncomingMessage;
      message.resume();
      resolve(message.headers);
    });
  });
}

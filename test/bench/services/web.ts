/** The service behind the hop for HTTP: nginx where it is there, since it is never the slowest part. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nginx } from '../peers/nginx.ts';
import { launch } from '../peers/peer.ts';

/**
 * A million bytes at `/large`; a line of text anywhere else, at `/upload` not before the request's body
 * is there to its end.
 */
export const LARGE = 1_000_000;

const NODE = `
const large = Buffer.alloc(${LARGE}, 'x');
require('node:http').createServer((q, s) => {
  q.resume().on('end', () => s.end(q.url === '/large' ? large : 'a small body of text\\n'));
}).listen(+process.argv[1], '127.0.0.1');
`;

export function startWeb(port: number, folder: string): ChildProcess {
  if ('advice' in nginx.find())
    return spawn(process.execPath, ['-e', NODE, String(port)], { stdio: 'inherit' });
  writeFileSync(join(folder, 'large'), Buffer.alloc(LARGE, 'x'));
  const file = join(folder, 'service.conf');
  writeFileSync(
    file,
    `worker_processes 1; daemon off; master_process off; error_log stderr crit; pid ${folder}/service.pid;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000000; client_max_body_size 0; client_body_temp_path ${folder}/sb; proxy_temp_path ${folder}/sp;
  fastcgi_temp_path ${folder}/sf; uwsgi_temp_path ${folder}/su; scgi_temp_path ${folder}/ss;
  server { listen 127.0.0.1:${port} backlog=1024; root ${folder};
    location / { return 200 "a small body of text\\n"; } location = /large { }
    location = /upload { client_body_buffer_size 2m; proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_pass http://127.0.0.1:${port}/; } } }
`,
  );
  return launch('nginx', ['-c', file]);
}

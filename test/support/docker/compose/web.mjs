/** Tells of each request what the database and the cache say, or how they fail. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';

const { DATABASE_URL, CACHE_HOST } = process.env;

function say(program, args) {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 5000 }, (error, out, complaint) =>
      resolve(error ? `failed: ${complaint.trim()}` : out.trim()),
    );
  });
}

createServer(async (_request, response) => {
  const [sum, hits] = await Promise.all([
    say('psql', [DATABASE_URL, '--tuples-only', '--no-align', '--command=select 40 + 2']),
    say('redis-cli', ['-h', CACHE_HOST, 'incr', 'hits']),
  ]);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ sum, hits }));
}).listen(8080);

/** Runs a program in a container that runs. */
import type Docker from 'dockerode';
import { Demultiplexer } from './pods/demultiplexer.ts';

/** @throws Error with what the program said, or the engine */
export async function runIn(docker: Docker, id: string, command: readonly string[]): Promise<void> {
  const exec = await docker
    .getContainer(id)
    .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({});
  let said = '';
  const note = (chunk: Buffer): void => void (said += chunk.toString());
  const channels = new Demultiplexer({ onStdout: note, onStderr: note });
  stream.on('data', (chunk: Buffer) => channels.push(chunk));
  await new Promise<void>((resolve, reject) => {
    stream.once('close', resolve);
    stream.once('end', resolve);
    stream.once('error', reject);
  });
  const { ExitCode } = await exec.inspect();
  if (ExitCode !== 0) throw new Error(said.trim() || `${command[0]} ended with code ${ExitCode}`);
}

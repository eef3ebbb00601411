/**
 * A clock of a container's own: libfaketime, as for processes, put into the container before it starts
 * and told by a file in it how much the time is off. The image's own library where it has one, else
 * this machine's, where the image's C library can load it: GNU's, and new enough.
 */
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import { extract, pack } from 'tar-stream';
import type { Milliseconds } from '../../base/units.ts';
import { findFaketime } from '../process/fake-clock.ts';
import { removeContainer } from './clean-up.ts';

/** In the container: the library, and what it reads. */
const FOLDER = 'opt/faultline';
const LIBRARY = `${FOLDER}/libfaketimeMT.so.1`;
const OFFSET = `${FOLDER}/clock`;

/** Where packages of Alpine and Debian put it, and GNU's C library stands. */
const OWN_LIBRARIES = [
  '/usr/lib/faketime/libfaketimeMT.so.1',
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
];
const C_LIBRARIES = [
  '/lib/x86_64-linux-gnu/libc.so.6',
  '/lib/aarch64-linux-gnu/libc.so.6',
  '/usr/lib/x86_64-linux-gnu/libc.so.6',
  '/usr/lib/aarch64-linux-gnu/libc.so.6',
  '/lib64/libc.so.6',
  '/usr/lib64/libc.so.6',
];

/** A link to a link to …. */
const MOST_LINKS = 4;

export class ContainerClock {
  /** Ahead; below 0: behind. */
  offset: Milliseconds = 0;
  #library: Buffer | undefined;
  #whyNot: string | undefined;

  /** Why it cannot be set; undefined: it can, or nobody has looked yet. */
  get whyNot(): string | undefined {
    return this.#whyNot;
  }

  /** Finds a library for the image. @throws Error of the engine */
  async prepare(docker: Docker, image: string): Promise<void> {
    if (this.#library ?? this.#whyNot) return;
    const container = await docker.createContainer({ Image: image, Cmd: ['none'] });
    try {
      const library = await libraryFor(container);
      if (typeof library === 'string') this.#whyNot = library;
      else this.#library = library;
    } finally {
      await removeContainer(docker, container.id);
    }
  }

  /** Nothing where the library cannot be loaded: some loaders end a program for that. */
  get env(): Readonly<Record<string, string>> {
    if (!this.#library) return {};
    return {
      LD_PRELOAD: `/${LIBRARY}`,
      FAKETIME_TIMESTAMP_FILE: `/${OFFSET}`,
      // In seconds: how often the file is read again.
      FAKETIME_CACHE_DURATION: '1',
      // Timers and durations stay true, and so do the times of files.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    };
  }

  /** Before the container starts. */
  async install(container: Container): Promise<void> {
    if (!this.#library) return;
    const archive = pack();
    archive.entry({ name: LIBRARY, mode: 0o755 }, this.#library);
    archive.entry({ name: OFFSET, mode: 0o644 }, this.#text());
    archive.finalize();
    await container.putArchive(archive, { path: '/' });
  }

  /** Its program knows within a second. */
  async write(container: Container): Promise<void> {
    const archive = pack();
    archive.entry({ name: OFFSET, mode: 0o644 }, this.#text());
    archive.finalize();
    await container.putArchive(archive, { path: '/' });
  }

  #text(): string {
    const seconds = this.offset / 1000;
    return `${seconds < 0 ? '' : '+'}${seconds}\n`;
  }
}

/** The library's bytes, or why there is none for this image. */
async function libraryFor(container: Container): Promise<Buffer | string> {
  const own = await firstFile(container, OWN_LIBRARIES);
  if (own) return own;
  const file = findFaketime();
  if (file === undefined) {
    return 'neither its image nor this machine has libfaketime: install it in one of them';
  }
  const cLibrary = await firstFile(container, C_LIBRARIES);
  if (!cLibrary) {
    return "its image has not GNU's C library (it is Alpine's, or the program is linked statically): install libfaketime in the image";
  }
  const library = await readFile(file);
  return whyNotLoadable(library, cLibrary) ?? library;
}

/** By the versions of symbols that one asks for and the other offers. Pure. */
export function whyNotLoadable(library: Buffer, cLibrary: Buffer): string | undefined {
  const [wanted, offered] = [newestSymbols(library), newestSymbols(cLibrary)];
  if (wanted <= offered) return undefined;
  return `its image's C library is older (2.${offered}) than this machine's libfaketime needs (2.${wanted}): install libfaketime in the image`;
}

function newestSymbols(library: Buffer): number {
  const versions = [...library.toString('latin1').matchAll(/GLIBC_2\.(\d+)/g)];
  return Math.max(0, ...versions.map(([, minor]) => Number(minor)));
}

async function firstFile(
  container: Container,
  paths: readonly string[],
): Promise<Buffer | undefined> {
  for (const path of paths) {
    const found = await fileIn(container, path);
    if (found) return found;
  }
  return undefined;
}

/** Undefined where there is none. @throws Error of the engine */
async function fileIn(container: Container, path: string, depth = 0): Promise<Buffer | undefined> {
  let archive;
  try {
    archive = await container.getArchive({ path });
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
  const entry = await firstEntry(archive);
  if (entry?.link === undefined || depth >= MOST_LINKS) return entry?.content;
  return fileIn(container, posix.resolve(posix.dirname(path), entry.link), depth + 1);
}

interface Entry {
  readonly content: Buffer;
  /** What a symbolic link points to. */
  readonly link?: string;
}

function firstEntry(archive: NodeJS.ReadableStream): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const unpacked = extract();
    unpacked.on('entry', ({ linkname, type }, stream, next) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const content = Buffer.concat(chunks);
        resolve(type === 'symlink' && linkname ? { content, link: linkname } : { content });
        next();
      });
    });
    unpacked.on('finish', () => resolve(undefined));
    unpacked.on('error', reject);
    archive.on('error', reject);
    archive.pipe(unpacked);
  });
}

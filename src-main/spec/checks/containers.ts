/** A container can be made: an image, words that can be read, mounts and files that are whole. */
import { isAbsolute } from 'node:path';
import type { Finding } from '../document/finding.ts';
import type { Path } from '../document/tree.ts';
import type { ContainerFile, ContainerMount, ContainerWorkload } from '../container.ts';
import type { Check, CheckSubject } from './check.ts';

export const containers: Check = (subject) =>
  subject.mesh.services.flatMap((service) =>
    service.versions.flatMap(({ name, workload }): Finding[] => {
      if (workload.runtime !== 'docker') return [];
      const top: Path = ['services', service.name];
      const at = (...keys: Path): Path => {
        const own = [...top, 'versions', name, 'container', ...keys];
        return subject.has(own) ? own : [...top, 'container', ...keys];
      };
      return [
        ...checkImage(service.name, workload, at('image')),
        ...checkWords(subject, workload, at),
        ...checkBuild(subject, workload, at),
        ...workload.mounts.flatMap((mount, i) => checkMount(mount, at('mounts', i))),
        ...workload.files.flatMap((file, i) => checkFile(file, at('files', i))),
      ];
    }),
  );

/** `[registry[:port]/]path[:tag][@digest]`, as the OCI's distribution specification has it. */
const REFERENCE =
  /^(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z0-9+._-]+:[0-9a-fA-F]{32,})?$/;

type At = (...keys: Path) => Path;

function checkImage(service: string, { image }: ContainerWorkload, path: Path): Finding[] {
  if (image === '') {
    const message = `the container of ${service} has no image`;
    const advice = 'name an "image", or a "build" to make one';
    return [{ code: 'missing-key', message, advice, path: path.slice(0, -1), at: 'key' }];
  }
  if (REFERENCE.test(image)) return [];
  const message = `"${image}" is no reference of an image`;
  const advice = 'such as "postgres:17" or "registry.example.com/shop/cart:2", in lower case';
  return [{ code: 'wrong-value', message, advice, path }];
}

function checkWords(subject: CheckSubject, workload: ContainerWorkload, at: At): Finding[] {
  return (['entrypoint', 'command'] as const).flatMap((key): Finding[] => {
    const path = at(key);
    // An empty list is an answer; of a text, nothing is left where it is empty or a quote is open.
    if (workload[key]?.length !== 0 || !subject.has(path) || subject.isList(path)) return [];
    return [{ code: 'wrong-value', message: `the ${key} is empty or has an open quote`, path }];
  });
}

function checkBuild(subject: CheckSubject, { build }: ContainerWorkload, at: At): Finding[] {
  if (!build || !subject.folderExists || !isAbsolute(build.context)) return [];
  if (subject.folderExists(build.context)) return [];
  const message = `the folder ${build.context} does not exist`;
  const context = at('build', 'context');
  const path = subject.has(context) ? context : at('build');
  return [{ code: 'missing-folder', message, path }];
}

function checkMount({ type, source, ...rest }: ContainerMount, path: Path): Finding[] {
  const wrong = (message: string, key: string): Finding[] => [
    { code: 'wrong-value', message, path: [...path, key] },
  ];
  if (type === 'bind' && source === undefined) {
    return [{ code: 'missing-key', message: 'a bind needs a source', path, at: 'key' }];
  }
  if (type === 'tmpfs' && source !== undefined) {
    return wrong('a tmpfs is in memory: it has no source', 'source');
  }
  return MOUNT_KEYS.flatMap(({ key, of }) =>
    rest[key] === undefined || of === type ? [] : wrong(`"${key}" is for a ${of}`, key),
  );
}

/** What means something for one type only. */
const MOUNT_KEYS = [
  { key: 'size', of: 'tmpfs' },
  { key: 'mode', of: 'tmpfs' },
  { key: 'subpath', of: 'volume' },
  { key: 'noCopy', of: 'volume' },
  { key: 'createHostPath', of: 'bind' },
  { key: 'propagation', of: 'bind' },
  { key: 'selinux', of: 'bind' },
] as const;

function checkFile({ content, source, target }: ContainerFile, path: Path): Finding[] {
  if ((content === undefined) !== (source === undefined)) return [];
  const message = `the file ${target} is made from either "content" or "source"`;
  const code = content === undefined ? 'missing-key' : 'wrong-value';
  return [{ code, message, path, at: 'key' }];
}

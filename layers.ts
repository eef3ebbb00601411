/**
 * Which folder of src-main may import which: a layer may import what stands in its list, and itself.
 * The picture of the same is in src-main/README.md; lint enforces it, and a test tries to break it.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  proxy: ['base'],
  pod: ['base', 'proxy'],
  spec: ['base'],
  identity: ['base'],
  runtime: ['base', 'spec', 'proxy/messages', 'pod/messages', 'pod/frames', 'pod/probe'],
  control: [
    'base',
    'spec',
    'identity',
    'proxy/config',
    'proxy/messages',
    'proxy/hop',
    'proxy/capture/captured',
    'pod/messages',
  ],
  telemetry: ['base', 'spec', 'proxy/hop', 'proxy/hop-reader', 'proxy/capture/captured'],
  convert: ['base', 'spec'],
  experiments: ['base', 'spec'],
  api: ['base', 'spec', 'convert/export/result'],
  engine: [
    'base',
    'spec',
    'identity',
    'proxy',
    'pod/messages',
    'runtime',
    'control',
    'telemetry',
    'convert',
    'experiments',
    'api',
  ],
  shell: ['base', 'engine', 'api/contract'],
  cli: ['base', 'spec', 'runtime', 'control', 'convert', 'api', 'engine', 'shell/messages'],
};

/** The only door of the app into src-main. */
export const APP_DOOR = 'src-main/api/contract/index';

/**
 * Why `file` may not import `target`, both relative to the project's folder; undefined where it may.
 */
export function refuseImport(file: string, target: string): string | undefined {
  if (file.startsWith('src-renderer/')) {
    const fine = !target.startsWith('src-main/') || target.replace(/\.ts$/, '') === APP_DOOR;
    return fine ? undefined : `the app imports of src-main only ${APP_DOOR}.ts`;
  }
  const from = layerOf(file);
  const to = layerOf(target);
  if (from === undefined || from === to) return undefined;
  if (to === undefined) return `src-main does not import ${target}`;
  const path = target.replace(/^src-main\//, '').replace(/\.ts$/, '');
  const allowed = LAYERS[from] ?? [];
  if (allowed.some((one) => path === one || path.startsWith(`${one}/`))) return undefined;
  return `${from} may not import ${path}: it may import ${allowed.join(', ') || 'nothing'}`;
}

function layerOf(path: string): string | undefined {
  return /^src-main\/([^/]+)\//.exec(path)?.[1];
}

/** Saves the graph as a picture: all of it, as it is now, whatever part of it is seen. */
import { shell } from '../../app/shell.ts';
import { attempt } from '../../engine/edits.ts';
import { engineStore } from '../../engine/store.ts';
import { toSvg } from '../model/svg.ts';
import { sceneStore } from '../scene-store.ts';
import { settingsStore } from '../settings-store.ts';
import { readColours } from './paint.ts';
import type { LaidOutGraph } from './use-layout.ts';

/** Pixels of a PNG for one of the drawing; fewer where it would be larger than canvases can be. */
const SHARP = 2;
const LARGEST = 8_192;

/** A failure is shown. */
export function savePicture(
  kind: 'svg' | 'png',
  { graph, layout }: LaidOutGraph,
  search: string,
): Promise<boolean> {
  const { scene, visible } = sceneStore.getState();
  const { metric } = settingsStore.getState().settings;
  const name = engineStore.getState().state?.document.mesh.name ?? 'mesh';
  const svg = toSvg({ graph, layout, scene, visible, metric, search, colours: readColours() });
  return attempt(async () => {
    if (kind === 'svg') await save(`${name}.svg`, new Blob([svg], { type: 'image/svg+xml' }));
    else await save(`${name}.png`, await toPng(svg, layout.bounds));
  });
}

async function toPng(svg: string, size: { width: number; height: number }): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(SHARP, LARGEST / size.width, LARGEST / size.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(size.width * scale);
  canvas.height = Math.ceil(size.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture came out')))),
  );
}

/** In the shell through the system's dialog, where it can write text; else as a download. */
async function save(name: string, blob: Blob): Promise<void> {
  if (shell && blob.type.startsWith('image/svg')) {
    await shell.saveFile(name, await blob.text());
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}

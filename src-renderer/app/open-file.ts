/** A mesh document from outside: by dialog, or dropped onto the window. */
import { shell } from './shell.ts';
import { showToast } from './toasts.ts';
import { showScreen } from './ui-store.ts';

/** Larger ones are no mesh documents (the engine refuses them), in bytes. */
const LARGEST = 1024 * 1024;

/**
 * In the shell the file is opened as another mesh. A browser tells a page no places of files: there
 * its text is put into the editor, to be looked at and applied.
 */
export async function openFile(file: File): Promise<void> {
  if (!/\.ya?ml$/i.test(file.name)) {
    showToast('error', `${file.name} is no mesh document: its name should end in .yaml.`);
    return;
  }
  if (shell) {
    await shell.openDropped(file);
    return;
  }
  if (file.size > LARGEST) {
    showToast('error', `${file.name} is larger than 1 MiB.`);
    return;
  }
  const text = await file.text();
  if (isCompose(text)) {
    const message = `A page is not told where a file is. Start it with: npm start -- <folder>/${file.name}`;
    showToast('error', message, { title: `${file.name} is a compose file` });
    return;
  }
  await propose(file.name, text);
}

/** It has services and is no mesh; the files around it belong to it. */
function isCompose(text: string): boolean {
  return /^(services|include):/m.test(text) && !/^mesh:/m.test(text);
}

async function propose(name: string, text: string): Promise<void> {
  const { editorSession } = await import('../document/editor-session.ts');
  editorSession().propose(text);
  showScreen('document');
  showToast('info', `Apply it to run it instead; Revert goes back to what runs.`, {
    title: `${name} is in the editor`,
  });
}

/** Asks for a document: by the system's own dialog in the shell, else by the browser's. */
export async function chooseFile(): Promise<void> {
  if (shell) {
    await shell.openMesh();
    return;
  }
  const input = Object.assign(document.createElement('input'), {
    type: 'file',
    accept: '.yaml,.yml',
  });
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) openFile(file).catch(complain);
  };
  input.click();
}

export function complain(error: unknown): void {
  showToast('error', error instanceof Error ? error.message : String(error));
}

/**
 * Saves a text: where the system's own dialog says in the shell, else among the downloads. False where
 * somebody has thought better of it.
 */
export async function saveText(
  name: string,
  text: string,
  type = 'application/yaml',
): Promise<boolean> {
  if (shell) return shell.saveFile(name, text);
  const href = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  URL.revokeObjectURL(href);
  return true;
}

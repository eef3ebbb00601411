/** Commands of the text in the editor. */
import { FileCheck2, FileX2 } from 'lucide-react';
import { documentStore } from '../../document/document-store.ts';
import { complain } from '../open-file.ts';
import type { Command } from './command.ts';

const isDirty = (): boolean => documentStore.getState().dirty;

/** The editor's part of the app is loaded when it is first needed. */
async function session() {
  const { editorSession } = await import('../../document/editor-session.ts');
  return editorSession();
}

export const applyDocument: Command = {
  id: 'apply-document',
  label: 'Apply the text in the editor',
  icon: FileCheck2,
  group: 'mesh',
  shortcut: 'mod+s',
  words: 'save',
  when: isDirty,
  perform: () => void session().then((one) => one.apply(), complain),
};

export const revertDocument: Command = {
  id: 'revert-document',
  label: 'Revert the text in the editor',
  icon: FileX2,
  group: 'mesh',
  when: isDirty,
  perform: () => void session().then((one) => one.revert(), complain),
};

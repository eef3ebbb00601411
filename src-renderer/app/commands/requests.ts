/** Commands about requests: what the head of the list and of a trace offer as well. */
import { Aperture, Columns2, Download } from 'lucide-react';
import { scopeOf } from '../../traffic/capture/begin.ts';
import { designCapture } from '../../traffic/capture/start.ts';
import { marksStore, pairOf } from '../../traffic/marks-store.ts';
import { openBeside } from '../../traffic/pane-store.ts';
import { saveFiltered, saveRequests } from '../../traffic/save-har.ts';
import { listFilter } from '../../traffic/use-requests.ts';
import { uiStore } from '../ui-store.ts';
import type { Command } from './command.ts';

export const captureCommand: Command = {
  id: 'capture',
  label: 'Capture heads and bodies of requests…',
  icon: Aperture,
  group: 'mesh',
  words: 'messages record',
  perform: () => designCapture(scopeOf(uiStore.getState().selection)),
};

export const saveRequestsCommand: Command = {
  id: 'save-requests',
  label: 'Save requests as HAR',
  icon: Download,
  group: 'mesh',
  words: 'download archive marked list',
  perform() {
    const { marks } = marksStore.getState();
    void (marks.size > 0 ? saveRequests([...marks.values()]) : saveFiltered(listFilter()));
  },
};

export const compareCommand: Command = {
  id: 'compare-requests',
  label: 'Compare the two marked requests',
  icon: Columns2,
  group: 'go',
  words: 'traces difference',
  when: () => pairOf(marksStore.getState().marks) !== undefined,
  perform() {
    const pair = pairOf(marksStore.getState().marks);
    if (pair) openBeside(pair[1].traceId, pair[0].traceId);
  },
};

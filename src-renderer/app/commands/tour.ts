import { Footprints } from 'lucide-react';
import { startTour } from '../tour/tour-store.ts';
import type { Command } from './command.ts';

export const tourCommand: Command = {
  id: 'tour',
  label: 'Take the tour',
  icon: Footprints,
  group: 'help',
  perform: startTour,
};

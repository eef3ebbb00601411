import { Search } from 'lucide-react';
import type { Command } from './command.ts';

export const SEARCH_FIELD = 'search-field';

export const searchCommand: Command = {
  id: 'search',
  label: 'Search services',
  icon: Search,
  group: 'go',
  shortcut: '/',
  perform: () => document.getElementById(SEARCH_FIELD)?.focus(),
};

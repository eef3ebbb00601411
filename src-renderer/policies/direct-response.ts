import { MessageSquareReply } from 'lucide-react';
import type { Control } from './control.ts';

export const directResponse: Control<'directResponse'> = {
  title: 'Direct response',
  icon: MessageSquareReply,
  group: 'What is changed',
  where: { in: 'traffic', keys: ['directResponse'], routes: true },
  first: ['status', 'body'],
  fields: { body: { long: true } },
  start: () => ({ status: 200, body: 'Back soon.' }),
  say: ({ status }) => `${status} without asking the service`,
  effect: ({ status }) => `are answered with ${status}`,
  warn: () => ['None of these calls reaches the service any more.'],
};

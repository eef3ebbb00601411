import { describe, expect, it } from 'vitest';
import { findCommands } from '../../../../src-renderer/app/commands/find.ts';
import { placeCard } from '../../../../src-renderer/app/tour/place-card.ts';

const commands = [
  { label: 'Restart orders-v1-0' },
  { label: 'Output of orders' },
  { label: 'Orders: a connection' },
  { label: 'Document: the editor', words: 'yaml' },
];
const labels = (text: string): string[] => findCommands(commands, text).map(({ label }) => label);

describe('findCommands', () => {
  it('finds by any words of a label, in any order, and by words beside it', () => {
    expect(labels('orders output')).toEqual(['Output of orders']);
    expect(labels('yaml')).toEqual(['Document: the editor']);
    expect(labels('nothing')).toEqual([]);
  });

  it('puts first what begins with the words, and keeps the order otherwise', () => {
    expect(labels('orders')).toEqual([
      'Orders: a connection',
      'Restart orders-v1-0',
      'Output of orders',
    ]);
    expect(labels('')).toEqual(commands.map(({ label }) => label));
  });
});

describe('the place of the card of the tour', () => {
  const card = { width: 300, height: 150 };
  const window = { width: 1280, height: 800 };

  it.each([
    ['left of a panel at the right', { x: 960, y: 90, width: 320, height: 710 }, { x: 648, y: 90 }],
    ['right of a rail at the left', { x: 0, y: 90, width: 70, height: 60 }, { x: 82, y: 90 }],
    ['below a bar at the top', { x: 0, y: 48, width: 1280, height: 42 }, { x: 12, y: 102 }],
    ['above a bar at the bottom', { x: 0, y: 700, width: 1280, height: 100 }, { x: 12, y: 538 }],
    ['in the middle of all', { x: 0, y: 0, ...window }, { x: 490, y: 325 }],
  ])('is %s', (_where, target, place) => {
    expect(placeCard(target, card, window)).toEqual(place);
  });
});

/** The tour: a card beside each part of the window in turn. */
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { select, showScreen } from '../ui-store.ts';
import { placeCard } from './place-card.ts';
import type { Box } from './place-card.ts';
import { TOUR } from './steps.ts';
import styles from './Tour.module.css';
import { endTour, showStep, startTour, tourStore } from './tour-store.ts';

/** About as large as the cards are, in pixels: enough to place them. */
const CARD = { width: 360, height: 190 };
/** A screen may need some time to be there, in milliseconds. */
const LOOK_EVERY = 100;

export function Tour() {
  const step = useStore(tourStore, (state) => state.step);
  const end = (): void => {
    endTour();
    showScreen('mesh');
  };
  return (
    <Dialog.Root open={step !== undefined} onOpenChange={(open) => !open && end()}>
      {step !== undefined && <Step at={step} onEnd={end} />}
    </Dialog.Root>
  );
}

function Step({ at, onEnd }: { at: number; onEnd(): void }) {
  const step = TOUR[at] as (typeof TOUR)[number];
  const box = useBox(step.target);
  useEffect(() => {
    select({ kind: 'none' });
    showScreen(step.screen);
  }, [step.screen]);
  const window = { width: innerWidth, height: innerHeight };
  const place = placeCard(box ?? { x: 0, y: 0, ...window }, CARD, window);
  const isLast = at === TOUR.length - 1;
  return (
    <Dialog.Portal>
      <Dialog.Overlay className={styles.overlay} />
      {box && (
        <div
          className={styles.light}
          style={{
            inset: `${box.y}px ${window.width - box.x - box.width}px ${window.height - box.y - box.height}px ${box.x}px`,
          }}
          aria-hidden
        />
      )}
      <Dialog.Content
        className={styles.card}
        style={{ left: place.x, top: place.y }}
        data-testid="tour"
        onInteractOutside={(event) => event.preventDefault()}
      >
        <Dialog.Title asChild>
          <h2>{step.title}</h2>
        </Dialog.Title>
        <Dialog.Description asChild>
          <p>{step.text}</p>
        </Dialog.Description>
        <div className={styles.foot}>
          <span className={`${styles.count} num`}>{`${at + 1} of ${TOUR.length}`}</span>
          {!isLast && <Button onClick={onEnd}>Skip</Button>}
          {at > 0 && <Button onClick={() => showStep(at - 1)}>Back</Button>}
          <Button
            kind="primary"
            testId="tour-next"
            onClick={() => (isLast ? onEnd() : showStep(at + 1))}
          >
            {isLast ? 'Done' : 'Next'}
          </Button>
        </div>
      </Dialog.Content>
    </Dialog.Portal>
  );
}

/** Where the target is; looked for again, as it may come or move. */
function useBox(target: string): Box | undefined {
  const [found, setFound] = useState<{ target: string; box: Box | undefined }>();
  useEffect(() => {
    const look = (): void => {
      const rect = document.querySelector(target)?.getBoundingClientRect();
      const box = rect && { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
      setFound((before) =>
        before?.target === target && JSON.stringify(before.box) === JSON.stringify(box)
          ? before
          : { target, box },
      );
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [target]);
  return found?.target === target ? found.box : undefined;
}

/** Stands among the first things that are seen, and in nobody's way. */
export function TourOffer() {
  const offered = useStore(tourStore, (state) => state.offered);
  if (!offered) return null;
  return (
    <section className={styles.offer} aria-label="A first look" data-testid="tour-offer">
      <b>New here?</b>
      <p>Six short steps show what can be done.</p>
      <div>
        <Button kind="primary" testId="tour-start" onClick={startTour}>
          Show me
        </Button>
        <Button testId="tour-skip" onClick={endTour}>
          Skip
        </Button>
      </div>
    </section>
  );
}

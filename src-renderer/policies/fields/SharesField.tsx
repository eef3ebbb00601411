import { NumberInput } from '../../ui/NumberInput.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { isMapping } from '../draft.ts';
import { moveShare } from '../../../src-main/api/contract/index.ts';
import styles from './Fields.module.css';
import { useForm } from './form-context.ts';

/** The shares of a service's versions, 100 together. */
export function SharesField() {
  const form = useForm();
  const value = form.value([]);
  const given = isMapping(value) ? Object.entries(value) : [];
  const names = [...new Set([...form.choices.versions, ...given.map(([name]) => name)])];
  const shares = Object.fromEntries(
    names.map((name) => [name, Number(given.find(([one]) => one === name)?.[1] ?? 0)]),
  );
  const move = (name: string, share: number): void =>
    form.change([], { ...moveShare(shares, name, share) });
  return names.map((name) => (
    <div key={name} className={styles.percentRow}>
      <b className={styles.share}>{name}</b>
      <Slider
        label={`Share of ${name} in per cent`}
        value={shares[name] ?? 0}
        max={100}
        onChange={(share) => move(name, share)}
      />
      <NumberInput
        label={`Share of ${name} in per cent, as a number`}
        testId={`policy-${name}`}
        value={shares[name] ?? 0}
        max={100}
        onChange={(share) => move(name, share)}
      />
      <span>%</span>
    </div>
  ));
}

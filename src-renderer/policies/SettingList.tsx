/** Where a service is, and from when on it counts as unwell: what the document says, and may say. */
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Panel.tsx';
import { startEditing } from './editing.ts';
import { RuleRow } from './RuleRow.tsx';
import styles from './RuleList.module.css';
import { SETTINGS, SETTING_KINDS, settingsOf } from './settings.ts';
import type { SettingKind } from './settings.ts';

export function SettingList({ service }: { service: string }) {
  const content = useEngine(({ document }) => document.content);
  const rules = settingsOf(content, service);
  const open = SETTING_KINDS.filter((kind) => rules.every((rule) => rule.kind !== kind));
  return (
    <Section title="Place and health">
      {rules.length > 0 && (
        <ul className={styles.list}>
          {rules.map((rule) => (
            <RuleRow key={rule.kind} rule={rule} to={service} />
          ))}
        </ul>
      )}
      <div className={styles.add}>
        {open.map((kind) => (
          <Button
            key={kind}
            icon={SETTINGS[kind].icon}
            testId={`add-${kind}`}
            onClick={() => start(service, kind)}
          >
            {SETTINGS[kind].title}
          </Button>
        ))}
      </div>
    </Section>
  );
}

function start(service: string, kind: SettingKind): void {
  startEditing({
    kind,
    place: ['services', service, kind],
    value: SETTINGS[kind].start,
    was: undefined,
    to: service,
    from: undefined,
  });
}

import { describe, expect, it } from 'vitest';
import { sayRule, titleOf } from '../../../../src-renderer/policies/describe.ts';
import { specFor } from '../../../../src-renderer/policies/form-fields.ts';
import { canSwitch } from '../../../../src-renderer/policies/rules.ts';
import { SETTINGS, SETTING_KINDS, settingsOf } from '../../../../src-renderer/policies/settings.ts';

const content = {
  services: {
    catalog: {
      command: 'node catalog.mjs',
      locality: ['eu/west/a', 'eu/west/b'],
      healthThresholds: { clientErrors: { degraded: 40, failing: 60 } },
    },
  },
};

describe('settings of a service', () => {
  it('are found where they stand, and cannot be switched off', () => {
    const rules = settingsOf(content, 'catalog');
    expect(rules.map(({ kind, place }) => [kind, place])).toEqual([
      ['healthThresholds', ['services', 'catalog', 'healthThresholds']],
      ['locality', ['services', 'catalog', 'locality']],
    ]);
    expect(rules.map(canSwitch)).toEqual([false, false]);
    expect(settingsOf(content, 'orders')).toEqual([]);
  });

  it('are told in a few words', () => {
    expect(settingsOf(content, 'catalog').map((rule) => [titleOf(rule), sayRule(rule)])).toEqual([
      ['Health thresholds', '4xx 40/60 %'],
      ['Locality', 'eu/west/a, eu/west/b'],
    ]);
    expect(sayRule({ kind: 'healthThresholds', value: {} })).toBe('as usual');
    expect(sayRule({ kind: 'healthThresholds', value: { serverErrors: { failing: 5 } } })).toBe(
      '5xx 0/5 %',
    );
  });

  it('each have a form that the schema knows, and a sentence about what begins it', () => {
    for (const kind of SETTING_KINDS) {
      expect(specFor(['services', 'catalog', kind]).kind).not.toBe('unshown');
      expect(SETTINGS[kind].effect('catalog', SETTINGS[kind].start)).toContain('catalog');
    }
  });
});

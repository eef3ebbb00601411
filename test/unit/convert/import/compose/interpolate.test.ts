import { describe, expect, it } from 'vitest';
import {
  InterpolationError,
  interpolate,
} from '../../../../../src-main/convert/import/compose/interpolate.ts';

const VARIABLES: Readonly<Record<string, string>> = { A: 'a', B: 'b', EMPTY: '', _x1: 'x' };
const put = (text: string): string => interpolate(text, (name) => VARIABLES[name]).text;

describe('a variable', () => {
  it.each([
    ['$A', 'a'],
    ['${A}', 'a'],
    ['$A$B', 'ab'],
    ['$A-$B.c', 'a-b.c'],
    ['${A}_$_x1', 'a_x'],
    ['$$A', '$A'],
    ['$$$A', '$a'],
    ['$${A}', '${A}'],
    ['none', 'none'],
    ['$NONE|${NONE}', '|'],
    ['{}', '{}'],
  ])('in %s gives %s', (text, result) => {
    expect(put(text)).toBe(result);
  });

  it.each([
    // The value, or else, where it is unset or empty.
    ['${A:-d}', 'a'],
    ['${EMPTY:-d}', 'd'],
    ['${NONE:-d}', 'd'],
    // Where it is unset alone.
    ['${A-d}', 'a'],
    ['${EMPTY-d}', ''],
    ['${NONE-d}', 'd'],
    // Where it is there, something else.
    ['${A:+r}', 'r'],
    ['${EMPTY:+r}', ''],
    ['${NONE:+r}', ''],
    ['${A+r}', 'r'],
    ['${EMPTY+r}', 'r'],
    ['${NONE+r}', ''],
    // Where it must be there.
    ['${A:?e}', 'a'],
    ['${A?e}', 'a'],
    ['${EMPTY?e}', ''],
    // What stands there may be anything.
    ['${NONE:-}', ''],
    ['${NONE:-a:b-c?d+e}', 'a:b-c?d+e'],
    ['${NONE:-http://x/{}', 'http://x/{'],
    ['${NONE:-$$}', '$'],
  ])('with an operator, %s gives "%s"', (text, result) => {
    expect(put(text)).toBe(result);
  });

  it.each([
    ['${NONE:-${A}}', 'a'],
    ['${NONE:-${OTHER:-$B}}', 'b'],
    ['${NONE:-x${A}y}', 'xay'],
    ['${A:+${NONE-${B}}!}', 'b!'],
    ['${NONE:-${A:?e}}', 'a'],
  ])('may be nested: %s gives %s', (text, result) => {
    expect(put(text)).toBe(result);
  });

  it.each([
    ['${NONE:?say it}', 'the variable NONE is required: say it'],
    ['${EMPTY:?say it}', 'the variable EMPTY is required: say it'],
    ['${NONE?}', 'the variable NONE is required'],
    ['${NONE:-${OTHER?both}}', 'the variable OTHER is required: both'],
    ['5$', '"5$" cannot be interpolated: a "$" that is meant as one is written "$$"'],
    ['$1', 'is written "$$"'],
    ['${A', '"}" or an operator is expected behind "A"'],
    ['${A:-b', 'a "}" is missing'],
    ['${}', 'the name of a variable is expected'],
    ['${A!b}', '"}" or an operator is expected behind "A"'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => put(text)).toThrow(InterpolationError);
    expect(() => put(text)).toThrow(message);
  });

  it('that is required is not asked for where it is not used', () => {
    expect(put('${A:-${NONE?e}}${NONE+${OTHER?e}}')).toBe('a');
  });

  it('without a value or a default is told, where it is used', () => {
    const unset = (text: string): readonly string[] =>
      interpolate(text, (name) => VARIABLES[name]).unset;
    expect(unset('$NONE ${OTHER} $NONE')).toEqual(['NONE', 'OTHER']);
    expect(unset('${NONE:-d} ${NONE+r} $EMPTY ${A:-$OTHER}')).toEqual([]);
    expect(unset('${NONE:-$OTHER}')).toEqual(['OTHER']);
  });

  it('is not put in again: a value is taken as it is', () => {
    expect(interpolate('$A', () => '$B').text).toBe('$B');
  });

  it('nested without end is refused', () => {
    expect(() => put('${NONE:-'.repeat(1000))).toThrow('nested too deeply');
  });
});

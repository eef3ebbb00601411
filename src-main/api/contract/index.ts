/** All that the app may import of src-main. */
export * from '../../spec/edits.ts';
export * from '../../convert/export/result.ts';
export * from './inspection.ts';
export * from './exchange.ts';
export * from './har.ts';
export * from './messages.ts';
export * from '../../spec/rollout.ts';
export * from '../../spec/split-shares.ts';
export * from './request-filter/parse.ts';
export { FIELDS, FIELD_VALUES } from './request-filter/fields.ts';
export type { FieldName } from './request-filter/fields.ts';
export type { MenuCommand, ShellApi } from './shell.ts';
export * from './state.ts';
export * from '../../spec/mesh.ts';
export * from '../../spec/policies/kinds.ts';
export type { MeshDocument } from '../../spec/schema/document.ts';
export { formatDuration, parseDuration } from '../../base/units.ts';

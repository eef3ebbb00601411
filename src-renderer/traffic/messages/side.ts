/** Of an exchange. */
export type Side = 'request' | 'response';

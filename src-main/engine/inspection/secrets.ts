/** What must not be shown to whoever looks over one's shoulder. Pure. */

/** Stands for what is hidden. */
export const MASK = '••••••••';

/** Names that a secret usually goes by, in variables and in headers. */
const SECRET_NAME =
  /pass(word|wd|phrase)?(_|-|$)|secret|token|api[-_]?key|(private|access|encryption|signing)[-_]?key|credential|authorization|^(set-)?cookie$/i;

/** Whether what has this name is likely to be a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The password in an address that carries one (RFC 3986 §3.2.1); the address itself stays. */
export function maskPasswords(value: string): string {
  return value.replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:)[^\s/?#@]+(?=@)/gi, `$1${MASK}`);
}

/** The value as it may be shown under its name. */
export function maskValue(name: string, value: string): string {
  return isSecretName(name) ? MASK : maskPasswords(value);
}

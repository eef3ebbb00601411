/** The fields of a form: URL-encoded (WHATWG URL §5.1) or multipart (RFC 7578). Pure. */

export interface FormField {
  readonly name: string;
  readonly value: string;
  /** Of a part that is a file, or has a type of its own. */
  readonly detail: string;
}

/** @param text one character for each byte of a multipart body @param contentType as the header has it */
export function formFields(text: string, contentType: string): FormField[] {
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (!/^\s*multipart\//i.test(contentType)) return pairs(text);
  const between = boundary?.[1] ?? boundary?.[2];
  return between === undefined ? [] : parts(text, between);
}

function pairs(text: string): FormField[] {
  return [...new URLSearchParams(text)].map(([name, value]) => ({ name, value, detail: '' }));
}

/** What is cut off within a part is shown as far as it is there. */
function parts(text: string, boundary: string): FormField[] {
  const [, ...rest] = `\r\n${text}`.split(`\r\n--${boundary}`);
  return rest.flatMap((part) => {
    if (part.startsWith('--')) return [];
    const at = part.indexOf('\r\n\r\n');
    return at < 0 ? [] : [fieldOf(part.slice(0, at), part.slice(at + 4))];
  });
}

function fieldOf(head: string, value: string): FormField {
  const name = /\bname="([^"]*)"/i.exec(head)?.[1] ?? '';
  const file = /\bfilename="([^"]*)"/i.exec(head)?.[1];
  const type = /^content-type:\s*(.*)$/im.exec(head)?.[1]?.trim() ?? '';
  const size = `${value.length.toLocaleString('en')} bytes`;
  const isShown = file === undefined || /^(?:text\/|application\/json)/i.test(type);
  return {
    name: utf8(name),
    value: isShown ? utf8(value) : '',
    detail: [file === undefined ? '' : `file ${utf8(file)}`, type, file === undefined ? '' : size]
      .filter((one) => one !== '')
      .join(', '),
  };
}

/** Names and values are UTF-8 (RFC 7578 §5.1.2), and came here byte by byte. */
function utf8(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}

/** Names of other services in what a service is started with: whom it calls, and at which port. */

export interface Mention {
  /** As it stands there. */
  readonly name: string;
  readonly port: number | undefined;
}

/** Where a name stands alone, the variable must say that it is one of a host. */
const OF_HOSTS =
  /(^|_)(host|hosts|hostname|url|urls|uri|addr|address|endpoint|endpoints|server|servers|broker|brokers|bootstrap|nodes|node|peers|upstream|dsn|service|backend|target|seed|seeds|master|primary|replica)(_|\d*$)/i;

/** An option of a program that a host follows. */
const HOST_OPTION = /^--?(h|host|hostname|server|url|addr|address|target|connect)$/;

const TOKEN = /(?<![\w.-])([A-Za-z0-9_](?:[\w.-]*\w)?)(?::(\d{1,5}))?(?![\w.-])/g;

/** Of a variable. `known`: the names that there are. */
export function mentionsInVariable(
  variable: string,
  value: string,
  known: ReadonlySet<string>,
): Mention[] {
  return mentionsIn(value, known, OF_HOSTS.test(variable.replace(/([a-z])([A-Z])/g, '$1_$2')));
}

/** Of the words of a command. */
export function mentionsInWords(words: readonly string[], known: ReadonlySet<string>): Mention[] {
  return words.flatMap((word, i) =>
    mentionsIn(word, known, HOST_OPTION.test(words[i - 1] ?? '') || /^--?[\w-]*host=/.test(word)),
  );
}

/** `isHost`: a name that stands alone is one of a host. */
function mentionsIn(text: string, known: ReadonlySet<string>, isHost: boolean): Mention[] {
  return [...text.matchAll(TOKEN)].flatMap((found): Mention[] => {
    const [all, name = '', port] = found;
    if (!known.has(name)) return [];
    const before = text.slice(0, found.index);
    const isAddress = /(\/\/|@)$/.test(before);
    const isItem =
      /(^|[,;=\s])$/.test(before) && /^([,;/\s]|$)/.test(text.slice(found.index + all.length));
    if (port === undefined && !isAddress && !(isHost && isItem)) return [];
    return [{ name, port: portOf(text, found.index, port) }];
  });
}

/** The port that is said, or the one that the scheme of a URL stands for. */
function portOf(text: string, at: number, port: string | undefined): number | undefined {
  if (port !== undefined)
    return Number(port) > 0 && Number(port) < 65_536 ? Number(port) : undefined;
  const scheme = /([a-z][a-z0-9+.-]*):\/\/(?:[^/@\s]*@)?$/i.exec(text.slice(0, at))?.[1];
  return scheme === undefined ? undefined : SCHEMES[scheme.toLowerCase()];
}

const SCHEMES: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

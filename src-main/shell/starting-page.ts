/** What is seen while a mesh starts, before its app can be shown. Pure. */
export function startingPage(meshName: string, dark: boolean): string {
  const [background, text] = dark ? ['#0d1014', '#9aa4b2'] : ['#f6f7f9', '#566070'];
  const name = meshName.replace(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;'));
  const style = `height:100vh;margin:0;display:grid;place-items:center;font:15px system-ui;background:${background};color:${text}`;
  const page = `<!doctype html><title>Faultline</title><body style="${style}">Starting ${name}…</body>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(page)}`;
}

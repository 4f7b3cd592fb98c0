/** One element of the small documents that S3 and its clients exchange; attributes and namespaces are not kept. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A whole document whose root holds these written elements. */
export function xmlDocument(root: string, ...written: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${written.join('')}</${root}>`;
}

/** One written element; '' when `content` is undefined. */
export function xml(name: string, content: string | number | boolean | undefined): string {
  return content === undefined ? '' : `<${name}>${escapeXml(String(content))}</${name}>`;
}

export function xmlGroup(name: string, ...written: readonly string[]): string {
  return `<${name}>${written.join('')}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&"'\u0000-\u001f]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Reads a document; undefined when it is not well formed as far as is looked (tags that match, known entities). */
export function parseXml(text: string): XmlElement | undefined {
  const open: { name: string; children: XmlElement[]; text: string }[] = [{ name: '', children: [], text: '' }];
  for (const [, comment, close, name = '', empty, characters] of text.matchAll(
    /(<\?[^]*?\?>|<!--[^]*?-->)|<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g,
  )) {
    const top = open.at(-1);
    if (comment !== undefined || top === undefined) continue;
    if (characters !== undefined) top.text += unescapeXml(characters);
    else if (close === '/') {
      open.pop();
      if (top.name !== name) return undefined;
      open.at(-1)?.children.push(top);
    } else if (empty === '/') top.children.push({ name, children: [], text: '' });
    else open.push({ name, children: [], text: '' });
  }
  const [outside, ...unclosed] = open;
  return unclosed.length === 0 ? outside?.children[0] : undefined;
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

function unescapeXml(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex: string, decimal: string, name: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
    return named[name] ?? whole;
  });
}

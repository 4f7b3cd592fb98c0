/** What the JSON text says; undefined for what is no JSON. The parser's error is dropped on purpose: it quotes the text. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

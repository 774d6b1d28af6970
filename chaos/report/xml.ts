const entities: Readonly<Record<string, string>> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;" },
  ...{ '"': "&quot;", "'": "&#39;" },
};
// What XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** As the text of an element, or the value of an attribute; in HTML too. */
export const escapeXml = (words: string): string =>
  words.replaceAll(forbidden, "\ufffd").replaceAll(/[&<>"']/g, (character) => entities[character] as string);

// All but what JSON.stringify escapes: control characters, ", \, and halves of surrogate pairs (whole ones get a second look).
const mayNeedEscapes = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;
/** From this length on, JSON.stringify is faster than a look and a concatenation. */
const longLength = 80;

/** A string as `JSON.stringify` writes it; most are short and need no escapes. */
export const quoted = (text: string): string =>
  text.length < longLength && !mayNeedEscapes.test(text) ? `"${text}"` : JSON.stringify(text);

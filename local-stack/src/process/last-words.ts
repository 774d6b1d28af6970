/**
 * The line by which a program that ended says why: the last of its standard error, or, when Node.js printed a stack
 * trace, the error itself. Undefined when it said nothing.
 */
export function lastWords(errorLines: string[]): string | undefined {
  const said = errorLines.map((line) => line.trim()).filter((line) => line !== "");
  if (!said.at(-1)?.startsWith("Node.js v")) return said.at(-1);
  return said.findLast((line) => /^(\w*Error|\w*Exception)\b.*:/.test(line)) ?? said.at(0);
}

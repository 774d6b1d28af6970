/** What a device calls itself by, in the order to look: many browsers claim to be others too. */
const browsers = [
  [/\bEdgA?\/|\bEdgiOS\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;
const systems = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
] as const;

/** A User-Agent in plain words: the browser, or else the program's own name, and the system. */
export function deviceName(userAgent: string): { readonly program: string | undefined; readonly system?: string } {
  const nameIn = (table: readonly (readonly [RegExp, string])[]) => table.find(([sign]) => sign.test(userAgent))?.[1];
  const system = nameIn(systems);
  const program = nameIn(browsers) ?? /^(?!Mozilla\/)([\w. -]{1,40})(?:\/|$)/.exec(userAgent)?.[1];
  return { program, ...(system && { system }) };
}

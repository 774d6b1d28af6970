import { describe, expect, test } from "vitest";
import { deviceName } from "./device-name.ts";
import { relativeTime } from "./moment.tsx";

const mozilla = "Mozilla/5.0";
const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("a device is called by its browser and its system", () => {
  test.each([
    [`${mozilla} (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0`, "Firefox", "Windows"],
    [
      `${mozilla} (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
      "Edge",
      "Windows",
    ],
    [`${mozilla} (Linux; Android 15; Pixel 9) ${webkit} Chrome/140.0.0.0 Mobile Safari/537.36`, "Chrome", "Android"],
    [
      `${mozilla} (Linux; Android 14; SM-S921B) ${webkit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
      "Samsung Internet",
      "Android",
    ],
    [`${mozilla} (X11; Linux x86_64) ${webkit} Chrome/140.0.0.0 Safari/537.36 OPR/120.0.0.0`, "Opera", "Linux"],
    [`${mozilla} (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/140.0.0.0 Safari/537.36`, "Chrome", "ChromeOS"],
    [
      `${mozilla} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15`,
      "Safari",
      "macOS",
    ],
    [
      `${mozilla} (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1`,
      "Chrome",
      "iPhone",
    ],
    [
      `${mozilla} (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 FxiOS/140.0 Mobile/15E148 Safari/605.1.15`,
      "Firefox",
      "iPad",
    ],
    [`${mozilla} (X11; Linux x86_64) ${webkit} HeadlessChrome/140.0.0.0 Safari/537.36`, "Chrome", "Linux"],
    ["curl/8.10.1", "curl", undefined],
    ["PostmanRuntime/7.43.0", "PostmanRuntime", undefined],
    ["node", "node", undefined],
    [mozilla, undefined, undefined],
    ["", undefined, undefined],
    ["<script>alert(1)</script>", undefined, undefined],
  ])("%s", (userAgent, program, system) => {
    expect(deviceName(userAgent)).toEqual({ program, ...(system && { system }) });
  });
});

test.each([
  [0, "ahora"],
  [-59, "ahora"],
  [-60, "hace 1 minuto"],
  [-3_599, "hace 59 minutos"],
  [-7_200, "hace 2 horas"],
  [-24 * 3_600, "ayer"],
  [-45 * 24 * 3_600, "el mes pasado"],
  [7 * 24 * 3_600 - 1, "dentro de 7 días"],
  [90 * 24 * 3_600 - 1, "dentro de 3 meses"],
])("%d seconds from now is %s", (seconds, words) => {
  const now = Date.UTC(2026, 10, 25, 12);
  expect(relativeTime(new Date(now + seconds * 1_000).toISOString(), "es", now)).toBe(words);
});

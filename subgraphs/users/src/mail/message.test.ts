import nodemailer from "nodemailer";
import { describe, expect, test } from "vitest";
import { messageOf } from "./message.ts";

const from = "tareas@tareas.example";
const mail = { to: "ana@example.com", subject: "Tareas", text: "text", html: "<p>text</p>" };

async function headersOf(message: ReturnType<typeof messageOf>): Promise<string[]> {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
  const { message: written } = await transport.sendMail(message);
  return (written.toString().split("\r\n\r\n")[0] ?? "").split("\r\n");
}

test("a message goes from us to one address, in the header and in the envelope", async () => {
  const message = messageOf(mail, from);
  const headers = await headersOf(message);
  expect(headers).toContain("From: Tareas <tareas@tareas.example>");
  expect(headers).toContain("To: ana@example.com");
  expect(message.envelope).toEqual({ from, to: ["ana@example.com"] });
});

describe("an address is refused with", () => {
  test.each([
    ["a header after a line break", "ana@example.com\r\nBcc: eve@example.com"],
    ["a line feed", "ana@example.com\nBcc: eve@example.com"],
    ["a carriage return", "ana@example.com\rBcc: eve@example.com"],
    ["a line separator", "ana@example.com\u2028Bcc: eve@example.com"],
    ["letters whose low byte is a line break", "ana@example.com\u010d\u010aBcc:eve@example.com"],
    ["a NUL", "ana@example.com\0"],
    ["a second address", "ana@example.com,eve@example.com"],
    ["a second address after a semicolon", "ana@example.com;eve@example.com"],
    ["a name", "Ana <ana@example.com>"],
    ["a quoted second address", '"eve@example.com> "@example.com'],
    ["a comment", "ana(eve)@example.com"],
    ["a group", "all: ana@example.com, eve@example.com;"],
    ["a letter of another script", "\u0430na@example.com"],
    ["a full-width at sign", "ana\uff20example.com"],
    ["an SMTP command", "ana@example.com> SIZE=1\r\nRCPT TO:<eve@example.com"],
  ])("%s", (_, to) => {
    expect(() => messageOf({ ...mail, to }, from)).toThrow(TypeError);
  });
});

test("a subject stays one header, whatever is in it", async () => {
  const headers = await headersOf(messageOf({ ...mail, subject: "a\r\nBcc: eve@example.com\r\n\r\nbody" }, from));
  expect(headers.filter((line) => /^bcc:/i.test(line))).toEqual([]);
});

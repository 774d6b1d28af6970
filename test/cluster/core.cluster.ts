import { expect, inject, test } from "vitest";
import { throughGraphql, throughRest } from "../scripted-user.ts";

const url = inject("url");

test("a user's whole round works through the router's Service, by GraphQL", () => throughGraphql(url));

test("and again by REST", () => throughRest(url));

test("the web app is there, and browsers are told to use nothing but HTTPS", async () => {
  const answer = await fetch(url);
  expect(await answer.text()).toContain("<title>Tareas");
  expect(answer.headers.get("strict-transport-security")).toContain("max-age=");
});

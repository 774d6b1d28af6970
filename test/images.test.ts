import { readFile } from "node:fs/promises";
import { mainScript, nodeArguments, serviceNames } from "@tareas/local-stack/services";
import { expect, test } from "vitest";

const dockerfile = await readFile(new URL("../Dockerfile", import.meta.url), "utf8");

test.each(serviceNames)("the image of %s starts its server as the local stack does", (service) => {
  const [, command = "null"] = new RegExp(`^FROM .+ AS ${service}$[^]*?^CMD (.+)$`, "m").exec(dockerfile) ?? [];
  expect(JSON.parse(command)).toEqual(["node", ...nodeArguments, mainScript(service)]);
});

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { apply, kubectl } from "./kubectl.ts";
import { ingress, product } from "./namespaces.ts";
import { nodePod } from "./node-pod.ts";

const port = 8_080;

// It hands on bytes and knows nothing of HTTP, so that what fails is seen as it fails.
const relay = `
  const { connect, createServer } = require("node:net");
  createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ host: "router.${product}", port: 4000, allowHalfOpen: true, noDelay: true });
    near.pipe(far);
    far.pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
  }).listen(${port});
`;

/** A way from here to the router's Service. */
export interface Entrance extends AsyncDisposable {
  readonly url: string;
}

/**
 * Opens a way that every cluster has: a pod in the ingress controller's stead, which hands on to the Service whatever comes,
 * and `kubectl port-forward` to this pod. Straight to the Service it would lead to one pod of the router, and end with that.
 */
export async function openEntrance(image: string): Promise<Entrance> {
  const pod = { namespace: ingress, name: "entrance" };
  await apply([nodePod({ ...pod, image, script: relay })]);
  await kubectl(["wait", "--namespace", ingress, `pod/${pod.name}`, "--for=condition=Ready", "--timeout=50s"]);
  return forward(pod);
}

async function forward({ namespace, name }: { readonly namespace: string; readonly name: string }): Promise<Entrance> {
  const args = ["port-forward", "--namespace", namespace, `pod/${name}`, `:${port}`];
  const forwarding = spawn("kubectl", args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = Promise.withResolvers<void>();
  const address = Promise.withResolvers<string>();
  let isWanted = true;
  forwarding.once("error", address.reject);
  forwarding.once("close", () => {
    ended.resolve();
    address.reject(new Error("kubectl port-forward ended"));
    if (isWanted) console.error("The way into the cluster is shut: kubectl port-forward ended.");
  });
  createInterface({ input: forwarding.stdout }).on("line", (line) => {
    const [, found] = /^Forwarding from (127\.0\.0\.1:\d+)/.exec(line) ?? [];
    if (found !== undefined) address.resolve(`http://${found}`);
  });
  return {
    url: await address.promise,
    async [Symbol.asyncDispose]() {
      isWanted = false;
      forwarding.kill();
      await ended.promise;
    },
  };
}

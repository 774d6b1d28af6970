import { mainScript, serviceNames } from "@tareas/local-stack/services";
import type { IContainer } from "kubernetes-models/v1";
import type { Launch } from "./launch.ts";
import { type Contained, containersOf, type Manifest, ofKind } from "./manifests.ts";

/** The containers that run a program of ours. */
export const launchesIn = (manifests: readonly Manifest[]): (Launch & Contained)[] =>
  containersOf(manifests).flatMap((contained) => {
    const script = scriptOf(contained.container);
    if (script === undefined) return [];
    const env = withoutHelpers(environmentOf(contained.container, manifests));
    const hasFile = (path: string) => mountAt(contained, path) !== undefined;
    return [{ ...contained, script, env, hasFile }];
  });

/** The keys of Secrets that a container reads: "mongodb-users/uri". One that is mounted and not read is "mongodb-users". */
export function secretsOf(contained: Contained, manifests: readonly Manifest[]): string[] {
  const { args = [], command = [], volumeMounts = [] } = contained.container;
  const words = [...args, ...command, ...Object.values(environmentOf(contained.container, manifests))].join("\n");
  return volumeMounts.flatMap(({ mountPath }) => {
    const secret = mountAt(contained, `${mountPath}/`)?.secret;
    if (secret === undefined) return [];
    const keys = [...words.matchAll(new RegExp(`${mountPath}/([\\w.-]+)`, "g"))].map(([, key]) => `${secret}/${key}`);
    return keys.length === 0 ? [secret] : keys;
  });
}

/** What is mounted over a path: a Secret, or something to write to. */
export function mountAt({ container, pod }: Contained, path: string) {
  const mount = container.volumeMounts?.find(({ mountPath }) => path.startsWith(`${mountPath}/`));
  const volume = pod.spec.volumes?.find(({ name }) => name === mount?.name);
  if (mount === undefined || volume === undefined) return undefined;
  return { secret: volume.secret?.secretName };
}

const imageName = /^docker\.io\/tareas\/([a-z]+):/;

/** What the command says, or else the image; undefined when that is somebody else's. */
function scriptOf({ image = "", command }: IContainer): string | undefined {
  if (command !== undefined) return command[0] === "node" ? command.at(-1) : undefined;
  const name = imageName.exec(image)?.[1];
  return serviceNames.filter((service) => service === name).map(mainScript)[0];
}

/** The environment that the container's own list and its ConfigMaps make. Throws when one of these is missing. */
function environmentOf({ envFrom = [], env = [] }: IContainer, manifests: readonly Manifest[]) {
  const all: Record<string, string> = {};
  for (const { configMapRef } of envFrom) {
    const found = ofKind(manifests, "ConfigMap").find(({ metadata }) => metadata.name === configMapRef?.name);
    if (found === undefined) throw new Error(`there is no ConfigMap ${configMapRef?.name}`);
    Object.assign(all, found.data);
  }
  for (const { name, value = "" } of env) all[name] = value;
  return all;
}

/** Without what is there for other variables to refer to: $(NAME). */
const withoutHelpers = (env: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !Object.values(env).some((value) => value.includes(`$(${name})`))),
  );

import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { canUseApt } from "./apt-get.ts";

const run = promisify(execFile);
const installer = join(import.meta.dirname, "install-container-engine.sh");

const works = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;

export const hasDocker = () => works("docker", "compose", "version") && works("docker", "info");
export const hasPodman = () => works("podman", "version") && works("docker-compose", "version");

/**
 * Makes sure of what runs containers here: Docker with its compose, or podman behind docker-compose, those that are installed or
 * Debian's (installed now, as root). Throws an Error that says why there is none, or why the one that is there runs nothing.
 */
export async function findContainerEngine(say: (text: string) => void): Promise<void> {
  if (hasDocker()) return;
  const problem = await whyPodmanFails();
  if (problem === undefined) return;
  if (!(await canUseApt())) throw new Error(problem);
  say("setting up podman and docker-compose from Debian's packages: a minute or two");
  const remaining = (await failureOf(run("bash", [installer]))) ?? (await whyPodmanFails());
  if (remaining !== undefined) throw new Error(remaining);
}

/** An empty image, run with this machine's own commands in it, as confined and connected as the product's containers. */
const trial = `
  image=localhost/tareas-trial
  tar --create --files-from=/dev/null | podman import --quiet - $image || exit
  folders=$(for path in /bin /lib /lib64 /usr; do [ ! -e $path ] || echo --volume=$path:$path:ro; done)
  exec podman run --rm --read-only --cap-drop=ALL --security-opt=no-new-privileges --memory=64m --cpus=1 \\
    --publish=127.0.0.1::4000 $folders $image true`;

/** In a sandbox podman may be there and start nothing. */
async function whyPodmanFails(): Promise<string | undefined> {
  if (!hasPodman()) return "there is neither Docker with compose nor podman with docker-compose";
  const failure = await failureOf(run("sh", ["-c", trial], { timeout: 120_000 }));
  return failure && `podman is here, and can't run a container: ${failure}`;
}

/** The last line that a command says when it fails; undefined when it does not. */
const failureOf = (running: Promise<unknown>): Promise<string | undefined> =>
  running.then(
    () => undefined,
    ({ stderr = "", message }: Error & { stderr?: string }) => stderr.trim().split("\n").at(-1) || message,
  );

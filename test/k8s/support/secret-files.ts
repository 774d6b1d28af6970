import { readFileSync } from "node:fs";
import { join } from "node:path";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../../..", path), "utf8");

/** The files that `npm run secrets` makes in secrets/: "mongodb-users-uri". */
export const secretFiles: readonly string[] = [...read("scripts/make-secrets.ts").matchAll(/^ {2}"([\w.-]+)":/gm)].map(
  ([, file]) => file ?? "",
);

/** The Secrets that docs/operating.md makes, "mongodb-users/uri", each with the file in secrets/ that it is made of, if any. */
export const documentedSecrets: ReadonlyMap<string, string | undefined> = new Map(
  [...unrolled(read("docs/operating.md")).matchAll(/kubectl create secret \S+ ([\w-]+) (.*)/g)].map(
    ([, name, rest]) => {
      const [, key, file] = /--from-\w+=([\w.-]+)=.*secrets\/([\w.-]+)/.exec(rest ?? "") ?? [];
      return [key === undefined ? `${name}` : `${name}/${key}`, file];
    },
  ),
);

/** Each loop over users as one line for each: `for user in users tasks; do … $user … done`. */
function unrolled(text: string): string {
  return text.replaceAll(/^for user in (.+); do\n((?:.+\n)+?)done$/gm, (_, users: string, body: string) =>
    users
      .split(" ")
      .map((user) => body.replaceAll("$user", user))
      .join(""),
  );
}

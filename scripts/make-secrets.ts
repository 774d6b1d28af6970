// `npm run secrets`: makes what docker-compose.yml and the Kubernetes overlays take from files, in `secrets/`, which git ignores,
// or in the folder that is named. What is there stays as it is.
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { generateServiceKey } from "@tareas/service-kit/auth/service-token";
import { generatePem } from "../subgraphs/users/src/keys/key-file.ts";

const folder = process.argv[2] ?? join(import.meta.dirname, "..", "secrets");
/** The user as whom the images run: it reads them. Only root can give files to others. */
const containerUser = 1_000;

const password = () => randomBytes(24).toString("base64url");
const uriOf = (name: string, database: string) =>
  `mongodb://${name}:${password()}@mongodb:27017/${database}?replicaSet=tareas&authSource=admin\n`;

const secrets: Readonly<Record<string, () => string | Promise<string>>> = {
  "access-token.pem": generatePem,
  "service.key": generateServiceKey,
  "mongodb.key": () => `${randomBytes(512).toString("base64")}\n`,
  "mongodb-root-password": () => `${password()}\n`,
  "mongodb-users-uri": () => uriOf("users", "users"),
  "mongodb-tasks-uri": () => uriOf("tasks", "tasks"),
  "mongodb-backup-uri": () => uriOf("backup", ""),
  "grafana-admin-password": () => `${password()}\n`,
};

mkdirSync(folder, { recursive: true, mode: 0o700 });
for (const [name, make] of Object.entries(secrets)) {
  const file = join(folder, name);
  if (existsSync(file)) continue;
  writeFileSync(file, await make(), { mode: 0o600, flag: "wx" });
  if (process.getuid?.() === 0) chownSync(file, containerUser, containerUser);
  process.stdout.write(`made ${relative(process.cwd(), file)}\n`);
}

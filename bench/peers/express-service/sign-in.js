import { createHash, generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { verify } from "@node-rs/argon2";
import jwt from "jsonwebtoken";

const lifetimeMs = 30 * 86_400_000;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const signing = { algorithm: "RS256", issuer: "https://tareas.example", audience: "tareas", expiresIn: 900 };

/** Signs in by name and password, against the same hashes as the users subgraph. */
export class SignIn {
  #accounts;
  #sessions;

  constructor(database, accounts) {
    this.#accounts = accounts;
    this.#sessions = database.collection("express_sessions");
  }

  /** Undefined when nobody has this name and password. */
  async login({ username, password }) {
    const account = await this.#accounts.findOne({ usernameKey: username.toLowerCase() });
    if (!account || !(await verify(account.passwordHash, password))) return undefined;
    const [sid, refreshToken] = [randomUUID(), randomBytes(32).toString("base64url")];
    const tokenHash = createHash("sha256").update(refreshToken).digest("base64url");
    const expiresAt = new Date(Date.now() + lifetimeMs);
    await this.#sessions.insertOne({ _id: sid, accountId: account._id, tokenHash, expiresAt });
    const id = account._id.toHexString();
    return { accessToken: jwt.sign({ sid }, privateKey, { ...signing, subject: id }), refreshToken, user: { id } };
  }
}

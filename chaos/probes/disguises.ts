import { readFile } from "node:fs/promises";
import jwt from "jsonwebtoken";
import { Forger, now } from "../../test/attacks/support/forger.ts";
import type { Lab } from "../lab/lab.ts";
import type { Account } from "../load/accounts.ts";
import { readSigningKey } from "./lab-key.ts";
import type { Victim } from "./victim.ts";

/** Headers by which somebody passes for another, for calls of one subgraph. */
export interface Disguise {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}

const identityHeaders = [
  "x-user-id",
  "x-viewer",
  "x-viewer-id",
  "x-forwarded-user",
  "x-auth-request-user",
  "x-remote-user",
];
export const elsewhere = "203.0.113.7";
const addressHeaders = ["x-client-address", "x-forwarded-for", "x-real-ip", "forwarded", "true-client-ip"];

/** Headers by which somebody claims to be at an address. */
export const fromElsewhere = Object.fromEntries(addressHeaders.map((name) => [name, elsewhere]));

type Subgraph = "users" | "tasks";

interface Parties {
  readonly victim: Victim;
  readonly thief: Account;
  readonly lab: Lab;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Makes the header by which the router proves itself, but for the claims and the secret. */
async function serviceTokens(subgraph: Subgraph, { lab }: Parties) {
  const [ownSecret = ""] = (await readFile(lab.stack.serviceKeyFile, "utf8")).split("\n");
  return (claims: object = {}, secret = ownSecret) => ({
    "x-service-token": jwt.sign({ iss: "router", aud: subgraph, exp: now() + 60, ...claims }, secret, {
      algorithm: "HS256",
      header: { alg: "HS256", typ: "service+jwt" },
      noTimestamp: true,
    }),
  });
}

/** All ways to pretend that need no secret but the thief's own account, or one that is the router's alone. */
export async function disguisesFor(subgraph: Subgraph, parties: Parties): Promise<Disguise[]> {
  const { victim, thief, lab } = parties;
  const forger = new Forger({ privateKey: await readSigningKey(lab.stack), victim });
  const service = await serviceTokens(subgraph, parties);
  const identities = Object.fromEntries(identityHeaders.map((name) => [name, victim.id]));
  const asThief = bearer(thief.token);
  const all: Record<string, Disguise["headers"]> = {
    ...Object.fromEntries(identityHeaders.map((name) => [`nobody, with ${name}`, { [name]: victim.id }])),
    "the thief, with every identity header": { ...asThief, ...identities },
    "the thief, from elsewhere": { ...asThief, ...fromElsewhere },
    "the victim's token, which is over": bearer(forger.token({ iat: now() - 1_000, exp: now() - 100 })),
    "the victim's token, of another audience": bearer(forger.token({ aud: "elsewhere" })),
    "the thief, with a service token of another key": { ...asThief, ...service({}, "s".repeat(43)) },
    "nobody, with a service token of another key": { ...identities, ...service({}, "s".repeat(43)) },
    "the thief, with a service token that is over": { ...asThief, ...service({ exp: now() - 100 }) },
    "the thief, with a service token for elsewhere": { ...asThief, ...service({ aud: "elsewhere" }) },
    "the thief, with their own token as service token": { ...asThief, "x-service-token": thief.token },
    // Even the router shows nobody another's.
    "the thief, with the router's own service token": {
      ...asThief,
      ...identities,
      ...fromElsewhere,
      ...service({}),
    },
    "nobody, with the router's own service token": { ...identities, ...fromElsewhere, ...service({}) },
  };
  return Object.entries(all).map(([name, headers]) => ({ name, headers }));
}

/** The victim's own token, alone and with the router's: who has it is the victim, and has to be told from all of the above. */
export async function stolenTokens(subgraph: Subgraph, parties: Parties): Promise<Disguise[]> {
  const service = await serviceTokens(subgraph, parties);
  const headers = bearer(parties.victim.token);
  return [
    { name: "the victim's own token", headers },
    { name: "the victim's own token, with the router's", headers: { ...headers, ...service() } },
  ];
}

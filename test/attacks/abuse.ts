import { randomBytes } from "node:crypto";
import { send } from "../support/person.ts";
import { clientsOfRouter } from "../support/router-credential.ts";
import type { Attack, Outcome, Protection, Target } from "./attack.ts";
import { attackedEnv, newPerson, password, someAddress } from "./support/product.ts";

// Guessing, and filling what is ours: as many tries as an attacker likes, from one address or from many.

const throttle = "subgraphs/users/src/throttle/throttle.ts";
const policy = "subgraphs/users/src/accounts/password-policy.ts";

const login = "mutation($input: LoginInput!) { login(input: $input) { expiresAt } }";
const register = "mutation($input: RegisterInput!) { register(input: $input) { expiresAt } }";
const refresh = "mutation($input: RefreshSessionInput) { refreshSession(input: $input) { expiresAt } }";

interface Flood {
  /** More than come without a delay. */
  readonly tries: number;
  /** Where each try comes from; all from one address unless it says otherwise. */
  readonly address?: () => string;
  readonly request: (index: number, victim: string) => { readonly query: string; readonly input: object };
}

/** Tries again and again, as a client of the router's; it succeeds when none of the tries is RATE_LIMITED. */
const flood = (name: string, { tries, address, request }: Flood): Attack => ({
  name,
  at: ["users"],
  async attempt({ url, product }: Target): Promise<Outcome> {
    const { username } = await newPerson(product.urls.users, product.serviceKeyFile);
    const from = await clientsOfRouter(product.serviceKeyFile, "users");
    const one = someAddress();
    for (let index = 0; index < tries; index++) {
      const { query, input } = request(index, username);
      const { errors } = await send(url, query, { input }, from(address?.() ?? one));
      if (errors.some(({ extensions }) => extensions.code === "RATE_LIMITED")) return "refused";
    }
    return "succeeded";
  },
});

const guess = (username: string, index: number) => ({ query: login, input: { username, password: `guess ${index}` } });
const fresh = () => `f${randomBytes(6).toString("hex")}`;

/** Registers with a password that a guesser tries first. */
const weak = (name: string, passwordOf: (username: string) => string): Attack => ({
  name,
  at: ["users"],
  async attempt({ url, product }): Promise<Outcome> {
    const username = fresh();
    const from = await clientsOfRouter(product.serviceKeyFile, "users");
    const input = { username, password: passwordOf(username) };
    const { errors } = await send(url, register, { input }, from(someAddress()));
    if (errors.length === 0) return "succeeded";
    const [field] = (errors[0]?.extensions.fields as { code: string }[] | undefined) ?? [];
    if (field?.code === "TOO_COMMON" || field?.code === "CONTAINS_NAME") return "refused";
    throw new Error(JSON.stringify(errors));
  },
});

export const abuseProtections: readonly Protection[] = [
  {
    name: "the delays of who tries too often",
    off: [
      { file: throttle, from: "if (blocked.length > 0) throw", to: "if (blocked.length < 0) throw" },
      { file: throttle, from: "if (taken.lastTry !== id) throw", to: "if (taken.tries < 0) throw" },
    ],
    attacks: [
      flood("one account, one address", { tries: 12, request: (index, victim) => guess(victim, index) }),
      flood("one account, an address for each guess", {
        tries: Number(attackedEnv.THROTTLE_LOGIN_NAME_FREE) + 2,
        address: someAddress,
        request: (index, victim) => guess(victim, index),
      }),
      flood("one account under spellings of its name", {
        tries: 12,
        request: (index, victim) => guess(index % 2 ? victim.toUpperCase() : ` ${victim} `, index),
      }),
      flood("many names, one address", {
        tries: Number(attackedEnv.THROTTLE_LOGIN_ADDRESS_FREE) + 2,
        request: (index) => guess(fresh(), index),
      }),
      // The first wrong one ends the request, as `login` may not be null: so it takes a dozen of them as well.
      flood("guesses by the dozen in one request, by aliases", {
        tries: 12,
        request: (_, username) => ({
          query: `mutation($input: LoginInput!) { ${Array.from({ length: 12 }, (_, i) => `a${i}: login(input: $input) { expiresAt }`).join(" ")} }`,
          input: { username, password: "a guess" },
        }),
      }),
      flood("accounts without end", {
        tries: Number(attackedEnv.THROTTLE_REGISTER_FREE) + 2,
        request: () => ({ query: register, input: { username: fresh(), password } }),
      }),
      flood("refresh tokens without end", {
        tries: Number(attackedEnv.THROTTLE_REFRESH_FREE) + 2,
        request: () => ({ query: refresh, input: { refreshToken: `trt_${randomBytes(32).toString("base64url")}` } }),
      }),
    ],
  },
  {
    name: "that a password is no common one",
    off: [
      {
        file: policy,
        from: "if ((await commonPasswords()).has(folded)) throw",
        to: "if ((await commonPasswords()).has(folded) && folded === path) throw",
      },
    ],
    attacks: [
      weak("the password of many", () => "password123"),
      weak("the password of many in capitals", () => "PASSWORD123"),
      weak("a row of keys", () => "qwertyuiop"),
      weak("a row of digits", () => "123456789"),
    ],
  },
  {
    name: "that a password is not one's name",
    off: [
      {
        file: policy,
        from: "if (isMadeOfNames(folded, owner)) throw",
        to: "if (isMadeOfNames(folded, owner) && folded === path) throw",
      },
    ],
    attacks: [
      weak("one's name for a password", (username) => username),
      weak("one's name and a year", (username) => `${username}2026`),
      weak("one's name in capitals", (username) => username.toUpperCase()),
    ],
  },
];

import { BadUserInput } from "@tareas/service-kit/errors";
import type { Account } from "./account.ts";
import { fitsPasswordLength } from "./account-input.ts";
import { nameKey } from "./names.ts";

const commonest = 10_000;
const leastOtherCharacters = 5;

type Names = Pick<Account, "username" | "displayName" | "email">;

/**
 * Refuses a new password that is among the commonest 10,000 (`TOO_COMMON`), or little more than the names of its owner
 * (`CONTAINS_NAME`), without regard to case and Unicode form (NIST SP 800-63B, 3.1.1.2). `path` is where it stands in
 * the input. Throws `BadUserInput`.
 */
export async function refuseGuessable(path: string, password: string, owner: Names): Promise<void> {
  const folded = nameKey(password);
  if ((await commonPasswords()).has(folded)) throw new BadUserInput([{ path, code: "TOO_COMMON" }]);
  if (isMadeOfNames(folded, owner)) throw new BadUserInput([{ path, code: "CONTAINS_NAME" }]);
}

function isMadeOfNames(folded: string, { username, displayName, email }: Names): boolean {
  const names = [username, displayName, email?.split("@")[0] ?? ""].map(nameKey).filter((name) => name !== "");
  // The longest first: what is in the others is in them too.
  const byLength = names.toSorted((one, other) => other.length - one.length);
  const rest = byLength.reduce((text, name) => text.replaceAll(name, ""), folded);
  return rest !== folded && [...rest].length < leastOtherCharacters;
}

let loading: Promise<ReadonlySet<string>> | undefined;

/** Read when the first one is asked for: it takes as long as a twentieth of the start. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  const ranked = dictionary["passwords-common"].slice(0, commonest);
  return new Set(ranked.filter(fitsPasswordLength).map(nameKey));
}

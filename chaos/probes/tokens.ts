import type { KeyObject } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Forger } from "../../test/attacks/support/forger.ts";
import type { Lab } from "../lab/lab.ts";
import { type Account, signInAgain } from "../load/accounts.ts";
import { readSigningKey } from "./lab-key.ts";
import type { Probe } from "./probe.ts";
import { Tally } from "./tally.ts";
import { badTokens, goodTokens, type TokenCase } from "./token-cases.ts";
import { type Door, doorsOf, tryToken } from "./try-token.ts";

const everyMs = 1_000;
const roundsOfNewKey = 2;
const patienceMs = 30_000;

/** Presents good and bad tokens to every process while the key rotates. */
export const tokens: Probe = (lab) => present(lab, () => undefined);

/** The forger has the key itself: a run that does not tell this proves nothing. */
export const tokensWithStolenKey: Probe = (lab) => present(lab, (genuine) => genuine);

/** Goes on until tokens of a new key have been presented twice, or patience ends. */
async function present(lab: Lab, forgersKey: (genuine: KeyObject) => KeyObject | undefined) {
  const tally = newTally();
  const doors = doorsOf(lab.stack);
  const [account] = lab.accounts as readonly [Account];
  const privateKey = await readSigningKey(lab.stack);
  const before = new Forger({ privateKey, victim: account });
  const giveUpAt = performance.now() + patienceMs;
  let newKeySeen = 0;
  while (newKeySeen < roundsOfNewKey && performance.now() < giveUpAt) {
    const pause = delay(everyMs);
    const session = await signInAgain(lab.client, account);
    const fresh = new Forger({ privateKey, victim: session });
    const isOfNewKey = fresh.header.kid !== before.header.kid;
    const cases = [
      ...goodTokens(before),
      ...badTokens(before, forgersKey(privateKey)),
      // The key of before is another key under the new kid.
      ...(isOfNewKey ? [{ name: "signed by the old key under the new kid", token: fresh.token(), isGood: false }] : []),
    ];
    const signedIn: TokenCase = { name: "of now", token: session.token, isGood: true };
    await Promise.all(doors.map((door) => tryAll(door, cases, tally)));
    const accepted = await Promise.all(doors.map((door) => tryOne(door, signedIn, tally)));
    if (isOfNewKey) {
      newKeySeen += 1;
      tally.add("tokens of the new key that were accepted", accepted.filter(Boolean).length);
    }
    await pause;
  }
  return tally.counts;
}

const newTally = () =>
  new Tally(
    "bad tokens tried",
    "bad tokens that were accepted",
    "good tokens tried",
    "good tokens that were refused",
    "tokens of the new key that were accepted",
    "tokens without a verdict",
  );

async function tryAll(door: Door, cases: readonly TokenCase[], tally: ReturnType<typeof newTally>): Promise<void> {
  for (const one of cases) await tryOne(door, one, tally);
}

/** Returns whether it was accepted. */
async function tryOne(door: Door, one: TokenCase, tally: ReturnType<typeof newTally>): Promise<boolean> {
  const verdict = await tryToken(door, one);
  const isLate = one.until !== undefined && Date.now() >= one.until;
  tally.add(one.isGood ? "good tokens tried" : "bad tokens tried");
  if (verdict === "undecided") tally.addOne("tokens without a verdict", one.name);
  if (verdict === "accepted" && !one.isGood) tally.addOne("bad tokens that were accepted", one.name);
  if (verdict === "refused" && one.isGood && !isLate) tally.addOne("good tokens that were refused", one.name);
  return verdict === "accepted";
}

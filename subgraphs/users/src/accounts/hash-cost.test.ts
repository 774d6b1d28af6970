import { expect, test } from "vitest";
import { isWeaker } from "./hash-cost.ts";

const cost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

test.each([
  ["of the same cost", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", false],
  ["of more memory", "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA", false],
  ["of more passes", "$argon2id$v=19$m=19456,t=3,p=1$c2FsdA$aGFzaA", false],
  ["of other lanes", "$argon2id$v=19$m=19456,t=2,p=4$c2FsdA$aGFzaA", false],
  ["of less memory", "$argon2id$v=19$m=9216,t=4,p=1$c2FsdA$aGFzaA", true],
  ["of fewer passes", "$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA", true],
  ["of argon2i", "$argon2i$v=19$m=65536,t=4,p=1$c2FsdA$aGFzaA", true],
  ["of an earlier version", "$argon2id$v=16$m=65536,t=4,p=1$c2FsdA$aGFzaA", true],
  ["of bcrypt", "$2b$12$abcdefghijklmnopqrstuv", true],
])("a hash %s", (_, hash, weaker) => {
  expect(isWeaker(hash, cost)).toBe(weaker);
});

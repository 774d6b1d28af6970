import { line, verbatim } from "@tareas/service-kit/validation";
import { z } from "zod";
import { isUsername } from "./names.ts";

const shortestPassword = 8;
const longestPassword = 128;
const longestEmail = 254; // RFC 5321 section 4.5.3.1.3, less the angle brackets

const username = line({ min: 3, max: 32 }).refine(isUsername, { params: { code: "INVALID_CHARACTER" } });
export const email = line({ max: longestEmail }).refine((value) => z.regexes.email.test(value), {
  params: { code: "INVALID" },
});

const displayName = line({ min: 1, max: 64 });

/** A password to be. What no form tells, whether it is easily guessed, is for `refuseGuessable` to find out. */
export const newPassword = verbatim({ min: shortestPassword, max: longestPassword });

/** Whether a password has a length that a new one may have. */
export const fitsPasswordLength = (password: string): boolean => newPassword.safeParse(password).success;

export type Registration = z.output<typeof registration>;

/** The input of `register`. */
export const registration = z
  .object({
    username,
    password: newPassword,
    email: email.nullish(),
    displayName: displayName.nullish(),
  })
  .transform(({ displayName, email, ...rest }) => ({
    ...rest,
    displayName: displayName ?? rest.username,
    email: email ?? undefined,
  }));

/** The input of `login`. A short password is only a wrong one; a long one would cost the time to hash it. */
export const credentials = z.object({
  username: line({ min: 1, max: longestEmail }),
  password: verbatim({ max: longestPassword }),
});

/** The input of `changePassword`. */
export const passwordChange = z.object({ currentPassword: verbatim({ max: longestPassword }), newPassword });

/** The input of `updateProfile`. */
export const profileChange = z.object({
  displayName: displayName.nullish(),
  email: email.nullish(),
  currentPassword: verbatim({ max: longestPassword }).nullish(),
});

/** The input of `deleteAccount`. */
export const deletion = z.object({ password: verbatim({ max: longestPassword }) });

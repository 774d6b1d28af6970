import { z } from "zod";
import { email, newPassword } from "../accounts/account-input.ts";

/** The input of `requestPasswordReset`. */
export const resetRequest = z.object({ email });

/** The input of `resetPassword`. Of what form the token is tells nothing: it is known or it is not. */
export const passwordReset = z.object({ token: z.string(), newPassword });

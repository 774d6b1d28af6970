import { abuseProtections } from "./abuse.ts";
import { apiTokenProtections } from "./api-tokens.ts";
import type { Protection } from "./attack.ts";
import { graphqlProtections } from "./graphql-surface.ts";
import { httpProtections } from "./http.ts";
import { inputProtections } from "./inputs.ts";
import { resetProtections } from "./resets.ts";
import { serviceProtections } from "./services.ts";
import { sessionProtections } from "./sessions.ts";
import { textProtections } from "./texts.ts";
import { claimProtections } from "./token-claims.ts";
import { signatureProtections } from "./token-signatures.ts";

export const allProtections: readonly Protection[] = [
  ...signatureProtections,
  ...claimProtections,
  ...sessionProtections,
  ...serviceProtections,
  ...graphqlProtections,
  ...httpProtections,
  ...inputProtections,
  ...textProtections,
  ...abuseProtections,
  ...apiTokenProtections,
  ...resetProtections,
];

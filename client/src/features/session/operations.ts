// The operations of who is not signed in yet, which are sent outside of Apollo Client, as they stand here.

const grantFields = "accessToken user { id username displayName }";

export const logIn = `mutation SignIn($input: LoginInput!) { grant: login(input: $input) { ${grantFields} } }`;

export const register = `mutation SignIn($input: RegisterInput!) { grant: register(input: $input) { ${grantFields} } }`;

export const refreshSession = `mutation RefreshSession { grant: refreshSession { ${grantFields} } }`;

export const signOut = "mutation SignOut { logout { endedSessions } }";

export const askForReset =
  "mutation AskForReset($email: String!) { requestPasswordReset(input: { email: $email }) { accepted } }";

export const resetPassword = `mutation Reset($token: String!, $newPassword: String!) {
  resetPassword(input: { token: $token, newPassword: $newPassword }) { endedSessions }
}`;

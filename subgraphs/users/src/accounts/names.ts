/**
 * The form in which names are compared: two names with the same key are the same name. It takes no account of case and
 * Unicode form: a compatibility caseless match (Unicode 3.13, D146), with full case mappings there and back in place of
 * case folding, which JavaScript lacks. Unlike folding, that makes a dotless ı an i: their capitals are the same letter.
 */
export function nameKey(name: string): string {
  return name.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase().normalize("NFKC");
}

// Not "@", so that what has one is an e-mail address; not what can't be seen; and nothing begins with a mark.
const allowed = /^(?!\p{M})[\p{L}\p{M}\p{Nd}._-]+$/u;
const invisible = /\p{Default_Ignorable_Code_Point}/u;

/** Whether a name has letters, digits, dots, underscores and hyphens only, as written and as compared. */
export function isUsername(name: string): boolean {
  return !invisible.test(name) && allowed.test(name) && allowed.test(nameKey(name));
}

/** What one viewer may see of an account. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  /** Null also when the account is not the viewer's own. */
  readonly email: string | null;
  readonly createdAt: Date;
  /** Which of its passwords it has now; not for anybody to see. */
  readonly passwordVersion: number;
}

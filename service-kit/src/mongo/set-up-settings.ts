import { z } from "zod";
import { flag, mongodbUri, text } from "../settings.ts";

const list = () =>
  z
    .string("expected names of members, separated by commas")
    .transform((value) => value.split(",").map((one) => one.trim()));

/** Of the member beside us. */
export const memberSettings = {
  MONGODB_LOCAL: text("127.0.0.1:27017"),
  /** Of the user "root", whom nobody but the set-up and operators use. */
  MONGODB_ROOT_PASSWORD: z.string("expected the password of root").min(16, "expected at least 16 characters"),
};

export const setUpSettings = {
  ...memberSettings,
  /** The members by the names at which servers and the other members reach them: "mongodb-0.mongodb:27017". */
  MONGODB_MEMBERS: list(),
  MONGODB_REPLICA_SET: text("tareas"),
  /** Which of the members that is, when there is a set-up beside each: the first forms the set. */
  MONGODB_SELF: z.string().optional(),
  /** Whether it stays when all is done, as what runs beside a member in a pod has to. */
  MONGODB_SET_UP_STAYS: flag(false),
  /** With these the subgraphs sign in: name and password are those of the users that are made. */
  MONGODB_USERS_URI: mongodbUri(),
  MONGODB_TASKS_URI: mongodbUri(),
  MONGODB_BACKUP_URI: mongodbUri(),
};

export type SetUpSettings = z.output<z.ZodObject<typeof setUpSettings>>;

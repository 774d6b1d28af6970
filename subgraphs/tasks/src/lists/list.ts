import type { Types } from "mongoose";
import type { Position } from "../positions.ts";

/** A list as it is stored. */
export interface ListRecord {
  readonly _id: Types.ObjectId;
  readonly ownerId: string;
  readonly name: string;
  readonly color: string | null;
  readonly isDefault: boolean;
  readonly position: Position;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
